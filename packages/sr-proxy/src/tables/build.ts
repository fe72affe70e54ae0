import { canonicalJson, SegchainError } from '@segchain/records'
import type { Entry } from '../bpf/table.js'
import type { L2 } from '../layout/l2.js'
import { encodeStack } from '../layout/label.js'
import { u32 } from '../layout/struct.js'
import type { Ids } from './ids.js'
import type { Host, HostInterface, Settings } from './image.js'
import type { Wanted } from './merge.js'
import type { NextHop } from './schema.js'

/** RFC 3032 §2.1: "should never actually appear in the encapsulation". */
const IMPLICIT_NULL = 3

/** What the parts of an image are built with and into. */
export class Build {
  readonly wanted: Wanted
  readonly settings: Settings
  readonly host: Host
  readonly ids: Ids
  readonly generation: number
  readonly missing = new Set<string>()
  readonly #arrays = new Map<string, Map<number, Buffer>>()

  constructor(wanted: Wanted, settings: Settings, host: Host, ids: Ids, generation: number) {
    this.wanted = wanted
    this.settings = settings
    this.host = host
    this.ids = ids
    this.generation = generation
  }

  put(table: string, index: number, value: Buffer): void {
    let entries = this.#arrays.get(table)
    if (entries === undefined) {
      entries = new Map()
      this.#arrays.set(table, entries)
    }
    entries.set(index, value)
  }

  arrays(): { table: string; entries: Entry[] }[] {
    return [...this.#arrays].map(([table, entries]) => ({
      table,
      entries: [...entries].map(([index, value]) => ({ key: u32(index), value })),
    }))
  }

  /** @returns undefined, and remembers, when it is not there */
  interface(name: string): HostInterface | undefined {
    const found = this.host.get(name)
    if (found === undefined) this.missing.add(name)
    return found
  }

  /** How a frame leaves by this interface to this neighbour; undefined when the interface is not there. */
  l2(to: NextHop): L2 | undefined {
    const out = this.interface(to.interface)
    if (out === undefined) return undefined
    const tx = this.ids.id('tx', to.interface)
    this.put('tx', tx, u32(out.index))
    return { tx, mtu: to.mtu ?? Math.min(out.mtu, 0xffff), vlan: to.vlan ?? 0, destination: to.mac, source: out.mac }
  }

  /**
   * The number of a stack; 0: none. Its content is its name: it never means another.
   *
   * @throws {SegchainError} `rejected`, `IMPLICIT_NULL`
   */
  stack(labels: readonly number[] | undefined): number {
    if (labels === undefined || labels.length === 0) return 0
    if (labels.includes(IMPLICIT_NULL)) throw implicitNull(`the stack ${labels.join(', ')}`, 'leave it out')
    const id = this.ids.id('stack', labels.join(' '))
    this.put('stacks', id, encodeStack(labels))
    return id
  }

  /** A label that is put on in place of another. @throws {SegchainError} `rejected`, `IMPLICIT_NULL` */
  outgoing(label: number, by: string): number {
    if (label === IMPLICIT_NULL) throw implicitNull(by, 'out: pop is what it asks for')
    return label
  }

  /** @throws {SegchainError} `rejected`, `UNKNOWN_NAME` */
  known<T>(among: ReadonlyMap<string, T>, what: string, name: string, by: string): T {
    const found = among.get(name)
    if (found === undefined) throw unknownName(what, name, by, among)
    return found
  }

  /**
   * The number of an attachment. It changes with anything of the attachment: an old generation goes on sending
   * to the old one.
   */
  vnf(name: string, by: string): number {
    const attachment = this.known(this.wanted.attachments, 'attachment', name, by)
    const indices = 'host' in attachment ? [] : [this.#indexOf(attachment.interface), this.#indexOf(attachment.return)]
    return this.ids.id('vnf', `${name} ${canonicalJson(attachment)} ${indices.join(' ')}`)
  }

  nextHop(name: string, by: string): number {
    const hop = this.known(this.wanted.nextHops, 'next hop', name, by)
    return this.ids.id('nextHop', `${name} ${canonicalJson(hop)}`)
  }

  #indexOf(name: string | undefined): number {
    return this.host.get(name ?? '')?.index ?? 0
  }
}

function unknownName(what: string, name: string, by: string, among: ReadonlyMap<string, unknown>): SegchainError {
  return new SegchainError({
    category: 'rejected',
    code: 'UNKNOWN_NAME',
    message: `${by} wants ${what} ${name}, which is not there`,
    hint: among.size === 0 ? `there is no ${what}` : `there are: ${[...among.keys()].slice(0, 20).join(', ')}`,
  })
}

function implicitNull(by: string, hint: string): SegchainError {
  return new SegchainError({
    category: 'rejected',
    code: 'IMPLICIT_NULL',
    message: `${by} has label 3, implicit null, which no packet may have`,
    hint,
  })
}
