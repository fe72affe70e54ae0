import { createReadStream, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pcapHeader, pcapRecord, readCapture } from '@segchain/pcap'
import type { Hop, ProxyEntryElement, SegmentList } from '@segchain/records'
import { gamersPacket, labelledFrame, readFrame } from './frames.js'
import { type DemoProxy, NEIGHBOUR, NEXT_NODE } from './proxies.js'
import { expectExit, runTool, type Tools } from './run-tool.js'

/** Where the data plane sent a packet. */
export interface Step {
  /** An attachment of the proxy, or `the next node`. */
  readonly to: string
  readonly labels: readonly number[]
  readonly service?: string
  readonly aware: boolean
}

export interface Passage {
  readonly device: string
  /** The stack with which the packet comes. */
  readonly arrival: readonly number[]
  readonly steps: readonly Step[]
}

/** The hops of a segment list at each proxy that has VNFs of it, in the order of the way. */
export function visits(
  list: SegmentList,
  entries: readonly ProxyEntryElement[],
  nameOf: (hop: Hop) => string,
): { readonly device: string; readonly hops: readonly Hop[] }[] {
  const own = (hop: Hop) =>
    entries.find(({ device, label }) => hop.action === 'service' && device === nameOf(hop) && label === hop.labels[0])
  const devices = [...new Set(list.hops.filter(own).map(nameOf))]
  return devices.map((device) => ({ device, hops: list.hops.filter((hop) => nameOf(hop) === device) }))
}

/**
 * Sends a packet of the chain through the proxy's tables in WebAssembly (`sr-proxy replay`). What reads the stack
 * itself sends the packet back with its own label off, as a second frame.
 *
 * @throws {Error} the data plane does something else than the plan says
 */
export async function passThrough(
  tools: Tools,
  folder: string,
  proxy: DemoProxy,
  hops: readonly Hop[],
  entries: readonly ProxyEntryElement[],
): Promise<Passage> {
  const packet = gamersPacket()
  const [arrival = []] = hops.map(({ labels }) => labels)
  const services = hops.flatMap((hop) => {
    const entry = entries.find(({ device, label }) => device === proxy.device && label === hop.labels[0])
    return hop.action === 'service' && entry !== undefined ? [{ labels: hop.labels, entry }] : []
  })
  const sentBack = services.filter(({ entry }) => entry.behavior === 'none').map(({ labels }) => labels.slice(1))
  const [input, output] = [join(folder, `${proxy.device}-in.pcap`), join(folder, `${proxy.device}-out.pcap`)]
  const frames = [arrival, ...sentBack].map((labels) => labelledFrame(labels, packet, NEXT_NODE, NEIGHBOUR))
  writeFileSync(input, Buffer.concat([pcapHeader(), ...frames.map((frame, at) => pcapRecord(1, at, frame))]))
  const replay = ['replay', input, output, '--config', proxy.config, '--socket', proxy.socket, '--write', 'all']
  expectExit('sr-proxy replay', await runTool(tools, 'segchain.proxy/1', 'sr-proxy', replay), 0)

  const steps: Step[] = []
  for await (const { bytes } of readCapture(createReadStream(output))) {
    const frame = readFrame(bytes)
    if (!frame.packet.equals(packet)) throw new Error(`${proxy.device} changed the packet`)
    const at = proxy.attached.get(frame.to)
    const service = entries.find(
      ({ device, attachment }) => device === proxy.device && attachment === at?.name,
    )?.service
    steps.push({
      to: at?.name ?? 'the next node',
      labels: frame.labels,
      ...(service === undefined ? {} : { service }),
      aware: at?.aware === true,
    })
  }
  const wanted = services.map(({ labels, entry }) => `${entry.attachment} ${entry.behavior === 'none' ? labels : ''}`)
  const last = hops.findLast(({ action }) => action !== 'service')?.labels ?? []
  const seen = steps.map(({ to, labels }) => `${to} ${labels}`)
  if (seen.join('\n') !== [...wanted, `the next node ${last}`].join('\n')) {
    throw new Error(`${proxy.device} did not follow the plan:\n${seen.join('\n')}`)
  }
  return { device: proxy.device, arrival, steps }
}
