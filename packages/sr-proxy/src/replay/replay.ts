import type { Arrival, Outcome, WasmDataPlane } from '../wasm/data-plane.js'

/** How often one packet may go through VNFs and mirrors: a configuration that leads in a circle ends. */
const MAX_PASSES = 64

/** A frame that has left the proxy. */
export interface Departure {
  readonly frame: Buffer
  /** Absent: to the kernel. */
  readonly interfaceIndex?: number
  readonly kind: 'network' | 'kernel' | 'vnf' | 'monitor'
}

export interface World {
  /** Interfaces with a VNF behind them: where its packets come back. */
  readonly vnfs: ReadonlyMap<number, number>
  /** Of a mirror: the monitor, and an interface towards the network where the packet goes on. */
  readonly mirrors: ReadonlyMap<number, { readonly monitor?: number; readonly on: number }>
  /** VNFs send back what they get, as it is; else nothing comes back. */
  readonly echo: boolean
}

/** One frame through the proxy, its VNFs and mirrors, up to where it leaves. Told in the order of departure. */
export function replayFrame(plane: WasmDataPlane, world: World, arrival: Arrival): Departure[] {
  const departures: Departure[] = []
  const waiting: Arrival[] = [arrival]
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const next = waiting.shift()
    if (next === undefined) break
    follow(plane.run(next), next, world, departures, waiting)
  }
  return departures
}

function follow(outcome: Outcome, from: Arrival, world: World, departures: Departure[], waiting: Arrival[]): void {
  const { verdict, bytes: frame, interfaceIndex, mirror } = outcome
  if (verdict === 'pass') departures.push({ frame, kind: 'kernel' })
  if (verdict === 'transmit') departures.push({ frame, kind: 'vnf', interfaceIndex: from.interfaceIndex })
  if (verdict !== 'redirect') return
  if (mirror !== undefined) {
    const to = world.mirrors.get(mirror)
    if (to?.monitor !== undefined) departures.push({ frame, kind: 'monitor', interfaceIndex: to.monitor })
    if (to !== undefined) waiting.push({ bytes: frame, interfaceIndex: to.on, fromVnf: false })
    return
  }
  const back = interfaceIndex === undefined ? undefined : world.vnfs.get(interfaceIndex)
  const kind = back === undefined ? 'network' : 'vnf'
  departures.push({ frame, kind, ...(interfaceIndex === undefined ? {} : { interfaceIndex }) })
  if (back !== undefined && world.echo) {
    waiting.push({ bytes: turned(frame), interfaceIndex: back, fromVnf: true })
  }
}

/** A bridge between two hosts sends on what it gets; the Ethernet addresses change places. */
function turned(frame: Buffer): Buffer {
  return Buffer.concat([frame.subarray(6, 12), frame.subarray(0, 6), frame.subarray(12)])
}
