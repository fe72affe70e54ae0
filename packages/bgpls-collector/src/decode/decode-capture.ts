import type { SessionRecord, Sync } from '@segchain/records'
import type { LinkStateUpdate } from '../codec/bgp/update.js'
import type { DecodeError, Treatment } from '../codec/decode-error.js'
import { BgpConnections, type CaptureEvent } from '../pcap/bgp-connections.js'
import { readCapture } from '../pcap/index.js'
import { Rib, type TopologyEvent } from '../rib/rib.js'
import { CaptureSession, type SessionFinding } from './capture-session.js'

export interface DecodeOptions {
  readonly strictOrder: boolean
}

/** What a capture gives: records, and what was wrong in it. */
export type Decoded =
  | { readonly kind: 'record'; readonly record: TopologyEvent | SessionRecord | Sync }
  | { readonly kind: 'problem'; readonly treatment: Treatment; readonly error: DecodeError; readonly from: string }
  | { readonly kind: 'lost'; readonly bytes: number; readonly from: string }

/** Decodes a capture, session by session. The state at the end is in {@link rib}. */
export class CaptureDecoder {
  readonly rib = new Rib()
  readonly #sessions = new Map<number, CaptureSession>()
  readonly #options: DecodeOptions

  constructor(options: DecodeOptions) {
    this.#options = options
  }

  /** @throws {SegchainError} category `data` when the input is no capture, or a broken one. */
  async *decode(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Decoded> {
    const connections = new BgpConnections()
    for await (const packet of readCapture(chunks)) {
      for (const event of connections.push(packet)) yield* this.#event(event)
    }
    for (const event of connections.end()) yield* this.#event(event)
  }

  *#event(event: CaptureEvent): Generator<Decoded> {
    const { from } = event
    if (event.kind === 'error') yield { kind: 'problem', treatment: 'session-reset', error: event.error, from }
    else if (event.kind === 'lost') yield { kind: 'lost', bytes: event.bytes, from }
    else {
      const session = this.#session(event.connection)
      const findings = event.kind === 'closed' ? session.closed(from) : session.message(from, event.message)
      for (const finding of findings) yield* this.#finding(finding, from)
    }
  }

  *#finding(finding: SessionFinding, from: string): Generator<Decoded> {
    if (finding.kind === 'session') yield { kind: 'record', record: finding.record }
    else if (finding.kind === 'error') {
      yield { kind: 'problem', treatment: finding.error.treatment ?? 'session-reset', error: finding.error, from }
    } else yield* this.#update(finding.source, finding.update, from)
  }

  *#update(source: string, update: LinkStateUpdate, from: string): Generator<Decoded> {
    for (const problem of update.problems) yield { kind: 'problem', from, ...problem }
    for (const record of this.rib.apply(source, update)) yield { kind: 'record', record }
    if (update.endOfRib) {
      yield { kind: 'record', record: { kind: 'sync', id: `sync:${source}`, reason: 'end-of-rib', source } }
    }
  }

  #session(connection: number): CaptureSession {
    const session = this.#sessions.get(connection) ?? new CaptureSession(this.#options)
    this.#sessions.set(connection, session)
    return session
  }
}
