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
  #name: string | undefined

  constructor(address: string, options: { readonly strictOrder: boolean }) {
    this.#address = address
    this.#strictOrder = options.strictOrder
  }

  /** sysName, or the address as long as that is not known. */
  get name(): string {
    return this.#name ?? this.#address
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
        this.#name = message.systemName ?? this.#name
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
        const update = decodeUpdate(message.update, {
          asn4: message.peer.asn4,
          strictOrder: this.#strictOrder,
          nodes: this.#nodes,
        })
        const { announced, withdrawn, problems, endOfRib } = update
        if (announced.length + withdrawn.length + problems.length === 0 && endOfRib === undefined) return []
        // RFC 7854 §5: a station may begin in the middle; a peer that speaks is up.
        return [...this.#up(source), { kind: 'update', source, update }]
      }
      case 'statistics':
        return [{ kind: 'statistics', source: this.#source(message.peer), counters: message.counters }]
      default:
        return []
    }
  }

  #source(peer: BmpPeer): string {
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
