import {
  encapsulate,
  formatIpv6,
  nodeAt,
  nodeName,
  type Srv6Hop,
  type Srv6Packet,
  traceSrv6,
} from '@segchain/path-engine'
import type { Srv6PacketRecord, TraceHopRecord, TraceRecord } from '@segchain/records'
import type { Model } from '../compile/model.js'
import type { SteeredSrv6 } from '../compile/srv6/steered-srv6.js'
import { policyKey } from '../compile/steered.js'
import { firstBranch, walkRecords } from './walk-records.js'

/** The packet of a policy on SRv6, hop by hop: what arrives, what the endpoint makes of it. */
export function traceSrv6Policy(model: Model, one: SteeredSrv6, list = 0): (TraceRecord | TraceHopRecord)[] {
  const { carriers, services, trace: path } = one.chosen
  return walkRecords(model.graph, {
    id: `trace:${policyKey(one)}${list === 0 ? '' : `#${list + 1}`}`,
    path,
    services,
    endpoint: one.endpoint,
    ...overCarriers(carriers.map((carrier) => carrier.address)),
  })
}

/** A packet with any list of SIDs or carriers, from any node. */
export function traceSidList(model: Model, headend: number, list: readonly bigint[]): (TraceRecord | TraceHopRecord)[] {
  const encapsulation = model.intents.network?.spec.srv6?.encapsulation ?? 'H.Encaps.Red'
  const path = traceSrv6(model.srv6.network, headend, encapsulate(list, encapsulation))
  const id = `trace:${nodeName(nodeAt(model.graph, headend))}:${list.map(formatIpv6).join(',')}`
  return walkRecords(model.graph, { id, path, ...firstBranch(path), ...overCarriers(list) })
}

function overCarriers(carriers: readonly bigint[]) {
  const seen = ({ packet, sent, sid }: Srv6Hop) => ({
    labels: [],
    packet: packetRecord(packet),
    ...(sent === undefined ? {} : { sent: packetRecord(sent) }),
    ...(sid === undefined ? {} : { behavior: sid.behavior.name }),
  })
  return { pushed: { labels: [], carriers: carriers.map(formatIpv6) }, seen }
}

function packetRecord({ destination, header }: Srv6Packet): Srv6PacketRecord {
  return {
    destination: formatIpv6(destination),
    ...(header === undefined
      ? {}
      : { segmentsLeft: header.segmentsLeft, segments: header.segments.map((segment) => formatIpv6(segment)) }),
  }
}
