import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Attr, Command } from '../../src/bpf/attr.js'
import { Helper } from '../../src/bpf/helper-process.js'
import { Kernel } from '../../src/bpf/kernel.js'
import { type Loaded, loadObject, possibleCpus } from '../../src/bpf/load.js'
import { parseObject } from '../../src/bpf/object.js'
import type { Entry, Table } from '../../src/bpf/table.js'
import { sumCounters } from '../../src/layout/counter.js'
import { u32 } from '../../src/layout/struct.js'
import type { Image } from '../../src/tables/image.js'
import type { Arrival, Held, Outcome, Verdict } from '../../src/wasm/data-plane.js'
import { removeLeftBehind } from '../lab/left-behind.js'
import { interfaces } from './interfaces.js'
import type { Count, Runtime } from './runtime.js'

const OBJECT = new URL('../../../bpf/objects/sr-proxy.o', import.meta.url)
const SESSION_TABLES = ['sessions4', 'sessions6', 'fragments', 'interface_stacks']
/** As many as a case can have sessions: some meet at one place. */
const LINES = 8
const RING_BYTES = 4 * 1024 * 1024
const VERDICTS: readonly Verdict[] = ['aborted', 'drop', 'pass', 'transmit', 'redirect']
const ROOM = 16_384

/** The eBPF object under BPF_PROG_TEST_RUN, in a network namespace of its own with the interfaces of the cases. */
export class KernelRuntime implements Runtime {
  readonly #namespace: string
  readonly #helper: Helper
  readonly #loaded: Loaded
  readonly #held: Held[] = []

  private constructor(namespace: string, helper: Helper, loaded: Loaded) {
    this.#namespace = namespace
    this.#helper = helper
    this.#loaded = loaded
  }

  static async start(): Promise<KernelRuntime> {
    const namespace = `sr-cases-${process.pid}`
    removeLeftBehind()
    ip('netns', 'add', namespace)
    const helper = Helper.start()
    try {
      return await KernelRuntime.#begin(namespace, helper)
    } catch (error) {
      await helper.stop()
      ip('netns', 'del', namespace)
      throw error
    }
  }

  static async #begin(namespace: string, helper: Helper): Promise<KernelRuntime> {
    // No neighbour discovery of the interfaces themselves among the packets that are counted.
    execFileSync('ip', ['netns', 'exec', namespace, 'sysctl', '-qw', 'net.ipv6.conf.default.disable_ipv6=1'])
    for (const { name, index, mac } of interfaces) {
      ip('-n', namespace, 'link', 'add', name, 'index', String(index), 'type', 'veth', 'peer', 'name', `p-${name}`)
      ip('-n', namespace, 'link', 'set', name, 'address', mac, 'up')
      ip('-n', namespace, 'link', 'set', `p-${name}`, 'up')
    }
    await helper.enterNetns(`/run/netns/${namespace}`)
    const kernel = new Kernel(helper)
    const sizes = new Map(['sessions4', 'sessions6', 'fragments'].map((name) => [name, 4096]))
    sizes.set('session_lines4', LINES)
    const loaded = await loadObject(kernel, parseObject(readFileSync(OBJECT)), { maxEntries: sizes })
    const runtime = new KernelRuntime(namespace, helper, loaded)
    const network = runtime.#program('sr_network')
    // An interface can be named as the one of arrival only while a program is attached there.
    for (const { index } of interfaces) await kernel.linkXdp(network, index, 'native')
    await helper.watchRing(runtime.#table('events').descriptor, RING_BYTES, (record) => {
      const length = record.readUInt32LE(12)
      const frame = Buffer.from(record.subarray(16, 16 + length))
      runtime.#held.push({ service: record.readUInt32LE(4), interfaceIndex: record.readUInt32LE(8), frame })
    })
    return runtime
  }

  async begin(image: Image): Promise<void> {
    for (const name of SESSION_TABLES) await emptied(this.#table(name))
    for (const name of ['labels', 'ports', 'services']) await emptied(this.#table(name))
    for (const name of [
      'scratch',
      'drops',
      'stats',
      'label_counters',
      'vnf_counters',
      'service_counters',
      'instance_counters',
    ]) {
      const table = this.#table(name)
      const zero = Buffer.alloc(((table.shape.valueSize + 7) & ~7) * possibleCpus())
      const count = Math.min(table.shape.maxEntries, 256)
      await table.setAll(Array.from({ length: count }, (_, index) => ({ key: u32(index), value: zero })))
    }
    const empty = Buffer.alloc(this.#table('session_lines4').shape.valueSize)
    const lines = Array.from({ length: LINES }, (_, index) => ({ key: u32(index), value: empty }))
    await this.#table('session_lines4').setAll(lines)
    this.#held.length = 0
    await this.change(image)
  }

  async change(image: Image): Promise<void> {
    const put = (name: string, entries: readonly Entry[]): Promise<void> => this.#table(name).setAll(entries)
    for (const { table, entries } of image.arrays) await put(table, entries)
    for (const { id, interfaces } of image.mirrors) await this.#setMirror(id, interfaces)
    for (const table of ['labels', 'ports', 'services'] as const) await put(table, image.generational[table])
    await this.#table('config').set(u32(0), image.config)
  }

  /** `union bpf_attr`, the anonymous struct of BPF_PROG_TEST_RUN; `struct xdp_md` as context. */
  async run({ bytes, interfaceIndex, fromVnf }: Arrival): Promise<Outcome> {
    const context = new Attr(24).u32(4, bytes.length).u32(12, interfaceIndex)
    const attr = new Attr(80).u32(0, this.#program(fromVnf ? 'sr_return' : 'sr_network'))
    attr.u32(8, bytes.length).u32(12, ROOM).u32(32, 1).u32(40, 24)
    const before = this.#held.length
    const stat = await this.count('stats', 7)
    const answer = await this.#helper.bpf(Command.testRun, attr.bytes, [
      { at: 16, in: Buffer.from(bytes) },
      { at: 24, out: ROOM },
      { at: 48, in: context.bytes },
    ])
    if (answer.result < 0) throw new Error(`BPF_PROG_TEST_RUN: errno ${-answer.result}`)
    const left = Buffer.from(answer.out[1]?.subarray(0, answer.attr.readUInt32LE(12)) ?? [])
    const verdict = VERDICTS[answer.attr.readUInt32LE(4)] ?? 'aborted'
    const isHeld = (await this.count('stats', 7)).packets > stat.packets
    if (!isHeld) return { verdict, bytes: left }
    for (let wait = 0; wait < 1000 && this.#held.length === before; wait++) {
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    const held = this.#held[before]
    return { verdict, bytes: left, ...(held === undefined ? {} : { held }) }
  }

  async count(table: string, index: number): Promise<Count> {
    const { valueSize } = this.#table(table).shape
    const sum = sumCounters((await this.#table(table).get(u32(index))) ?? Buffer.alloc(0), valueSize)
    return { packets: Number(sum.packets), bytes: Number(sum.bytes) }
  }

  async close(): Promise<void> {
    await this.#helper.stop()
    ip('netns', 'del', this.#namespace)
  }

  /** A DEVMAP of its own for each mirror. */
  async #setMirror(id: number, devices: readonly number[]): Promise<void> {
    const attr = new Attr(72).u32(0, 14).u32(4, 4).u32(8, 4).u32(12, 2)
    const { result } = await this.#helper.bpf(Command.mapCreate, attr.bytes)
    const shape = { name: 'mirror', type: 14, keySize: 4, valueSize: 4, maxEntries: 2 }
    const { Table } = await import('../../src/bpf/table.js')
    const map = new Table(this.#helper, result, shape, possibleCpus())
    for (const [slot, index] of devices.entries()) await map.set(u32(slot), u32(index))
    await this.#table('mirrors').set(u32(id), u32(result))
  }

  #program(name: string): number {
    const program = this.#loaded.programs.get(name)
    if (program === undefined) throw new Error(`no program ${name}`)
    return program
  }

  #table(name: string): Table {
    const table = this.#loaded.tables.get(name)
    if (table === undefined) throw new Error(`no table ${name}`)
    return table
  }
}

async function emptied(table: Table): Promise<void> {
  const keys: Buffer[] = []
  for await (const { key } of table.entries()) keys.push(Buffer.from(key))
  await table.deleteAll(keys)
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] })
}
