import { decodeUpdate } from '../codec/bgp/update.js'
import { type BmpMessage, decodeBmp } from '../codec/bmp/decode.js'
import type { RawBmpMessage } from '../codec/bmp/message.js'
import type { BmpPeer } from '../codec/bmp/peer-header.js'
import { DecodeError } from '../codec/decode-error.js'
import { NodeCache } from '../codec/descriptor/node-cache.js'
import type { SessionFinding } from '../decode/capture-session.js'

/**
 * One monitored router: its peers, and what they say. A peer is known by its type, distinguisher,
 * address and view; the same peer before and after policy counts as two sources. Pure.
 */
export class BmpRouter {
  readonly #peers = new Set<string>()
  readonly #strictOrder: boolean
  readonly #nodes = new NodeCache()
  readonly #address: string
  readonly #nameOf: (wanted: string) => string
  #name: string | undefined

  /** @param options.nameOf makes a name that no other router of the station has; sources end with it. */
  constructor(
    address: string,
    options: { readonly strictOrder: boolean; readonly nameOf?: (wanted: string) => string },
  ) {
    this.#address = address
    this.#strictOrder = options.strictOrder
    this.#nameOf = options.nameOf ?? ((wanted) => wanted)
  }

  /** sysName, or the address as long as that is not known. */
  get name(): string {
    return this.#name ?? this.#address
  }

  /** What its sources end with, as soon as there may be some. */
  get ownName(): string | undefined {
    return this.#name
  }

  message(raw: RawBmpMessage): SessionFinding[] {
    try {
      return this.#take(decodeBmp(raw))
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      // The length of a BMP message says where the next one is: nothing has to end for one of them.
      return [{ kind: 'error', error }]
    }
  }

  /** The connection has ended: nothing more is known of any peer. */
  closed(reason: string): SessionFinding[] {
    return [...this.#peers].flatMap((source) => this.#down(source, reason))
  }

  #take(message: BmpMessage): SessionFinding[] {
    switch (message.kind) {
      case 'initiation':
        // Later ones (RFC 7854 §4.3 allows them) change no name that sources have already.
        this.#name ??= this.#nameOf(message.systemName ?? this.#address)
        return []
      case 'termination':
        return this.closed(message.reason)
      case 'peer-up':
        return this.#up(this.#source(message.peer))
      case 'peer-down': {
        const source = this.#source(message.peer)
        return this.#peers.has(source) ? this.#down(source, message.reason) : []
      }
      case 'route-monitoring': {
        const source = this.#source(message.peer)
        if (message.update.type !== 2) return []
        // The A flag says how wide AS numbers are, and is wrong in some routers: either width is taken.
        const update = decodeUpdate(message.update, {
          strictOrder: this.#strictOrder,
          nodes: this.#nodes,
        })
        const { announced, withdrawn, problems, endOfRib } = update
        if (announced.length + withdrawn.length + problems.length === 0 && endOfRib === undefined) return []
        // RFC 7854 §5: a station may begin in the middle; a peer that speaks is up.
        return [...this.#up(source), { kind: 'update', source, update, raw: { bytes: message.update.bytes } }]
      }
      case 'statistics':
        return [{ kind: 'statistics', source: this.#source(message.peer), counters: message.counters }]
      default:
        return []
    }
  }

  #source(peer: BmpPeer): string {
    this.#name ??= this.#nameOf(this.#address)
    const where = /^0*$/.test(peer.distinguisher) ? '' : `[${peer.distinguisher}]`
    const view = peer.view === 'pre-policy' ? '' : `/${peer.view}`
    return `${peer.bgpId}@${peer.address}${where}${view} via ${this.name}`
  }

  #up(source: string): SessionFinding[] {
    if (this.#peers.has(source)) return []
    this.#peers.add(source)
    return [{ kind: 'session', record: { kind: 'session', id: `session:${source}`, peer: source, state: 'up' } }]
  }

  #down(source: string, reason: string): SessionFinding[] {
    this.#peers.delete(source)
    const record = { kind: 'session', id: `session:${source}`, peer: source, state: 'down', reason } as const
    return [
      { kind: 'session', record },
      { kind: 'gone', source },
    ]
  }
}
