import type { SessionRecord } from '@segchain/records'
import type { RawMessage } from '../codec/bgp/message.js'
import { decodeNotification, describeNotification } from '../codec/bgp/notification.js'
import { decodeOpen, type Open } from '../codec/bgp/open.js'
import { decodeUpdate, type LinkStateUpdate } from '../codec/bgp/update.js'
import { DecodeError } from '../codec/decode-error.js'
import { NodeCache } from '../codec/descriptor/node-cache.js'
import { MESSAGE } from '../codec/iana/bgp-parameters.js'
import type { BgpMessageSource } from './message-source.js'

/** What one side of a recorded session has said so far. */
interface Side {
  readonly address: string
  /** `BGP-ID@address`; the address alone where its OPEN was not captured. */
  source: string
  open: Open | undefined
  up: boolean
}

export type SessionFinding =
  | { readonly kind: 'session'; readonly record: SessionRecord }
  | {
      readonly kind: 'update'
      readonly source: string
      readonly update: LinkStateUpdate
      /** The message itself, and how its AS numbers are read: what a recording keeps. */
      readonly raw?: { readonly bytes: Buffer; readonly asn4?: boolean }
    }
  | { readonly kind: 'error'; readonly error: DecodeError }
  /** Counters of a monitored peer, by the type number of IANA's "BMP Statistics Types" (and AFI/SAFI). */
  | { readonly kind: 'statistics'; readonly source: string; readonly counters: Readonly<Record<string, string>> }
  /** Everything that this source has said is void. */
  | { readonly kind: 'gone'; readonly source: string }

/** A BGP session as a capture shows it: the OPENs of both sides decide how UPDATEs are read. */
export class CaptureSession {
  readonly #sides = new Map<string, Side>()
  readonly #strictOrder: boolean
  readonly #nodes = new NodeCache()
  /** RFC 6793 §4.1: 4 octets when both sides say so; absent as long as nobody has denied it and not both have said it. */
  #asn4: boolean | undefined

  constructor(options: { readonly strictOrder: boolean }) {
    this.#strictOrder = options.strictOrder
  }

  message(from: string, message: RawMessage, source?: BgpMessageSource): SessionFinding[] {
    try {
      return this.#take(source?.address ?? from, message, source?.asn4)
    } catch (error) {
      if (error instanceof DecodeError) return [{ kind: 'error', error }]
      throw error
    }
  }

  closed(from: string): SessionFinding[] {
    return this.#down(from, 'the connection was closed')
  }

  #take(from: string, message: RawMessage, asn4?: boolean): SessionFinding[] {
    const side = this.#side(from)
    switch (message.type) {
      case MESSAGE.open:
        side.open = decodeOpen(message)
        side.source = `${side.open.bgpId}@${from}`
        this.#asn4 = fourOctets([...this.#sides.values()])
        return []
      case MESSAGE.notification:
        return this.#down(from, describeNotification(decodeNotification(message)))
      case MESSAGE.update: {
        const update = decodeUpdate(message, {
          asn4: asn4 ?? this.#asn4,
          strictOrder: this.#strictOrder,
          nodes: this.#nodes,
        })
        const finding = { kind: 'update', source: side.source, update } as const
        return side.up ? [finding] : [up(side), finding]
      }
      default:
        return []
    }
  }

  #side(address: string): Side {
    const known = this.#sides.get(address)
    if (known !== undefined) return known
    const side: Side = { address, source: address, open: undefined, up: false }
    this.#sides.set(address, side)
    return side
  }

  /** Whichever side ends it: the sessions that brought UPDATEs are over. */
  #down(by: string, reason: string): SessionFinding[] {
    const findings: SessionFinding[] = []
    for (const side of this.#sides.values()) {
      if (!side.up) continue
      side.up = false
      const peer = side.source
      const who = side.address === by ? '' : `by ${by}: `
      findings.push({
        kind: 'session',
        record: { kind: 'session', id: `session:${peer}`, peer, state: 'down', reason: who + reason },
      })
    }
    return findings
  }
}

function fourOctets(sides: readonly Side[]): boolean | undefined {
  const opens = sides.flatMap(({ open }) => open ?? [])
  if (opens.some(({ capabilities }) => capabilities.fourOctetAsn === undefined)) return false
  return opens.length === 2 ? true : undefined
}

function up(side: Side): SessionFinding {
  side.up = true
  const peer = side.source
  return { kind: 'session', record: { kind: 'session', id: `session:${peer}`, peer, state: 'up' } }
}
