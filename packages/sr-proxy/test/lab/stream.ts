import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Attr, Command } from '../../src/bpf/attr.js'
import type { Helper } from '../../src/bpf/helper-process.js'
import { Kernel } from '../../src/bpf/kernel.js'
import { type Loaded, loadObject } from '../../src/bpf/load.js'
import { parseObject } from '../../src/bpf/object.js'
import { macBytes, Struct, u32 } from '../../src/layout/struct.js'
import type { Lab } from './lab.js'

const OBJECT = new URL('../../../test/fixtures/stream/stream.bpf.o', import.meta.url)
const FRAME = 128
const BUCKETS = 8192
const LIVE_FRAMES = 2
/** Less than a veth's ring (256) and than the kernel's backlog: what is lost is lost by the proxy. */
const WINDOW = 192
/** As many as the sink can tell apart (stream.bpf.c). */
export const STREAM_PACKETS = 2 ** 22
/** Runs of the source in one call; it skips those where too many are under way. */
const RUNS = 200_000
const BATCH = 64

export interface StreamOptions {
  readonly from: { readonly space: string; readonly interface: string; readonly mac: string; readonly to: string }
  readonly at: { readonly space: string; readonly interface: string }
  /** Top first. */
  readonly labels: readonly number[]
  readonly flows: number
  readonly source?: string
  readonly destination?: string
}

export interface Received {
  readonly sent: number
  readonly arrived: number
  readonly twice: number
  readonly byDscp: ReadonlyMap<number, number>
}

/**
 * Numbered packets into one interface, counted at another. The stream waits for itself: no more are under way
 * than a veth can hold, so that nothing but the chain can lose one.
 */
export class Stream {
  readonly #helper: Helper
  readonly #loaded: Loaded
  readonly #options: StreamOptions
  readonly #out: number
  #until = 0
  #phase = 0

  private constructor(helper: Helper, loaded: Loaded, options: StreamOptions, out: number) {
    this.#helper = helper
    this.#loaded = loaded
    this.#options = options
    this.#out = out
  }

  static async open(lab: Lab, options: StreamOptions): Promise<Stream> {
    const indexOf = (space: string, name: string): number =>
      Number(lab.exec(space, `cat /sys/class/net/${name}/ifindex`))
    const { from, at } = options
    const helper = await lab.helper(from.space)
    const kernel = new Kernel(helper)
    const loaded = await loadObject(kernel, parseObject(readFileSync(OBJECT)))
    const pin = join(lab.bpf, `sink_${at.space}`)
    await kernel.pin(loaded.programs.get('sink') ?? -1, pin)
    const there = new Kernel(await lab.helper(at.space))
    await there.linkXdp((await there.get(pin)) ?? -1, indexOf(at.space, at.interface), 'native')
    const stream = new Stream(helper, loaded, options, indexOf(from.space, from.interface))
    await stream.#set()
    return stream
  }

  /** Which histogram latencies are counted in from now on. */
  async phase(phase: 0 | 1): Promise<void> {
    this.#phase = phase
    await this.#set()
  }

  /**
   * Sends so many more.
   *
   * @returns false when nothing arrived for as long as `patienceMs`: packets are lost
   */
  async send(count: number, patienceMs = 30_000): Promise<boolean> {
    this.#until += count
    if (this.#until > STREAM_PACKETS) throw new Error(`more than ${STREAM_PACKETS} packets in one stream`)
    await this.#set()
    const program = this.#loaded.programs.get('source') ?? -1
    let best = -1
    for (let deadline = performance.now() + patienceMs; performance.now() < deadline; ) {
      const attr = new Attr(80).u32(0, program).u32(8, FRAME).u32(32, RUNS).u32(64, LIVE_FRAMES).u32(72, BATCH)
      const { result } = await this.#helper.bpf(Command.testRun, attr.bytes, [{ at: 16, in: Buffer.alloc(FRAME) }])
      if (result < 0) throw new Error(`the source does not run: ${result}`)
      const arrived = await this.#total(0)
      if (arrived >= this.#until) return true
      if (arrived > best) {
        best = arrived
        deadline = performance.now() + patienceMs
      }
    }
    return false
  }

  get sent(): number {
    return this.#until
  }

  async received(): Promise<Received> {
    const byDscp = new Map<number, number>()
    for (let dscp = 0; dscp < 64; dscp++) {
      const packets = await this.#total(4 + dscp)
      if (packets > 0) byDscp.set(dscp, packets)
    }
    const sent = Number((await this.#loaded.tables.get('sent')?.get(u32(0)))?.readBigUInt64LE() ?? 0n)
    return { sent, arrived: await this.#total(0), twice: await this.#total(1), byDscp }
  }

  /** Microseconds that `share` (0 to 1) of the packets of a phase stayed under. */
  async latencyUs(phase: 0 | 1, share: number): Promise<number> {
    const buckets: number[] = []
    const table = this.#loaded.tables.get('latency')
    for (let us = 0; us < BUCKETS; us++) {
      buckets.push(Number((await table?.get(u32(phase * BUCKETS + us)))?.readBigUInt64LE() ?? 0n))
    }
    const all = buckets.reduce((sum, count) => sum + count, 0)
    let below = 0
    return buckets.findIndex((count) => {
      below += count
      return below >= all * share
    })
  }

  async #total(which: number): Promise<number> {
    return Number((await this.#loaded.tables.get('totals')?.get(u32(which)))?.readBigUInt64LE() ?? 0n)
  }

  async #set(): Promise<void> {
    const { from, labels, flows, source = '10.1.0.1', destination = '10.2.0.1' } = this.#options
    const ip = 14 + 4 * labels.length
    const frame = Buffer.alloc(FRAME)
    macBytes(from.to).copy(frame, 0)
    macBytes(from.mac).copy(frame, 6)
    frame.writeUInt16BE(labels.length === 0 ? 0x0800 : 0x8847, 12)
    for (const [index, label] of labels.entries()) {
      frame.writeUInt32BE(((label << 12) | (index === labels.length - 1 ? 0x100 : 0) | 64) >>> 0, 14 + 4 * index)
    }
    ipv4(source, destination, FRAME - ip).copy(frame, ip)
    const settings = new Struct(32 + FRAME)
      .u32(this.#out)
      .u32(flows)
      .u32(ip + 20)
      .u32(ip + 28)
    settings.u32(this.#phase).u32(WINDOW).u32(this.#until).u32(0).bytes(frame)
    await this.#loaded.tables.get('settings')?.set(u32(0), settings.end())
  }
}

/** IPv4 and UDP to port 4789 without a checksum (RFC 768: zero is none). */
function ipv4(source: string, destination: string, length: number): Buffer {
  const packet = Buffer.alloc(28)
  packet.writeUInt8(0x45, 0)
  packet.writeUInt16BE(length, 2)
  packet.writeUInt8(64, 8)
  packet.writeUInt8(17, 9)
  Buffer.from(source.split('.').map(Number)).copy(packet, 12)
  Buffer.from(destination.split('.').map(Number)).copy(packet, 16)
  let sum = 0
  for (let at = 0; at < 20; at += 2) sum += packet.readUInt16BE(at)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  packet.writeUInt16BE(~sum & 0xffff, 10)
  packet.writeUInt16BE(4789, 22)
  packet.writeUInt16BE(length - 20, 24)
  return packet
}
