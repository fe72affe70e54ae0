import {
  encapsulate,
  formatIpv6,
  nodeAt,
  nodeName,
  type Srv6Hop,
  type Srv6Packet,
  type Srv6Trace,
  traceSrv6,
  whyNotInOrder,
  worstDelayUs,
} from '@segchain/path-engine'
import type { Srv6PacketRecord, TraceHopRecord, TraceRecord } from '@segchain/records'
import type { Model } from '../compile/model.js'
import { srv6PolicyKey } from '../compile/srv6/srv6-elements.js'
import type { SteeredSrv6 } from '../compile/srv6/steered-srv6.js'
import { servicesOfFirstBranch } from './first-branch.js'

/** The packet of a policy on SRv6, hop by hop: what arrives, what the endpoint makes of it. */
export function traceSrv6Policy(model: Model, one: SteeredSrv6): (TraceRecord | TraceHopRecord)[] {
  const carriers = one.chosen.carriers.map((carrier) => carrier.address)
  return records(model, `trace:${srv6PolicyKey(one)}`, one.chosen.trace, carriers, one.chosen.services, one.endpoint)
}

/** A packet with any list of SIDs or carriers, from any node. */
export function traceSidList(model: Model, headend: number, list: readonly bigint[]): (TraceRecord | TraceHopRecord)[] {
  const encapsulation = model.intents.network?.spec.srv6?.encapsulation ?? 'H.Encaps.Red'
  const path = traceSrv6(model.srv6.network, headend, encapsulate(list, encapsulation))
  const visited = servicesOfFirstBranch(path)
  const end = path.hops.find((hop) => hop.action === 'deliver')?.node ?? -1
  const id = `trace:${nodeName(nodeAt(model.graph, headend))}:${list.map(formatIpv6).join(',')}`
  return records(model, id, path, list, visited, end)
}

function records(
  model: Model,
  id: string,
  path: Srv6Trace,
  carriers: readonly bigint[],
  services: readonly string[],
  endpoint: number,
): (TraceRecord | TraceHopRecord)[] {
  const name = (node: number): string => nodeName(nodeAt(model.graph, node))
  const why = whyNotInOrder(path, services, endpoint)
  const delayUs = why === undefined ? worstDelayUs(model.srv6.network, path) : undefined
  const whole: TraceRecord = {
    kind: 'trace',
    id,
    headend: name(path.hops[0]?.node ?? -1),
    labels: [],
    carriers: carriers.map(formatIpv6),
    services: [...services],
    outcome: why === undefined ? 'in-order' : 'broken',
    ...(delayUs === undefined ? {} : { delayUs }),
    ...(why === undefined ? {} : { why }),
  }
  const hop = (one: Srv6Hop, number: number): TraceHopRecord => ({
    kind: 'trace-hop',
    id: `${id}:${number}`,
    trace: id,
    number,
    position: one.position,
    node: name(one.node),
    labels: [],
    packet: packetRecord(one.packet),
    ...(one.sent === undefined ? {} : { sent: packetRecord(one.sent) }),
    ...(one.sid === undefined ? {} : { behavior: one.sid.behavior.name }),
    action: one.action,
    ...(one.action === 'service' && one.sid?.service !== undefined ? { service: one.sid.service } : {}),
    next: [...one.next],
    ...(one.why === undefined ? {} : { why: one.why }),
  })
  return [whole, ...path.hops.map(hop)]
}

function packetRecord({ destination, header }: Srv6Packet): Srv6PacketRecord {
  return {
    destination: formatIpv6(destination),
    ...(header === undefined
      ? {}
      : { segmentsLeft: header.segmentsLeft, segments: header.segments.map((segment) => formatIpv6(segment)) }),
  }
}
