import type { SegchainError, SessionRecord, Sync } from '@segchain/records'
import { BmpRouter } from '../bmp/bmp-router.js'
import { RouterNames } from '../bmp/router-names.js'
import type { CaptureEvent } from '../capture/bgp-connections.js'
import type { LinkStateUpdate } from '../codec/bgp/update.js'
import type { DecodeError, Treatment } from '../codec/decode-error.js'
import { Rib, type TopologyEvent } from '../rib/rib.js'
import { CaptureSession, type SessionFinding } from './capture-session.js'
import { InputSurvey } from './input-survey.js'
import { readInputInBatches } from './read-input.js'

export interface DecodeOptions {
  readonly strictOrder: boolean
  /** See {@link CaptureOptions}; without it, damage is thrown. */
  readonly onDamage?: (error: SegchainError) => void
}

/** What a capture gives: records, and what was wrong in it. */
export type Decoded =
  | { readonly kind: 'record'; readonly record: TopologyEvent | SessionRecord | Sync }
  | { readonly kind: 'problem'; readonly treatment: Treatment; readonly error: DecodeError; readonly from: string }
  | { readonly kind: 'lost'; readonly bytes: number; readonly from: string }

/** Decodes a capture, session by session. The state at the end is in {@link rib}. */
export class CaptureDecoder {
  readonly rib = new Rib()
  readonly survey = new InputSurvey()
  readonly #sessions = new Map<number, CaptureSession>()
  readonly #routers = new Map<number, BmpRouter>()
  readonly #names = new RouterNames()
  readonly #options: DecodeOptions

  constructor(options: DecodeOptions) {
    this.#options = options
  }

  /** @throws {SegchainError} category `data` when the input is no capture, or a broken one. */
  async *decode(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Decoded> {
    for await (const found of this.decodeInBatches(chunks)) yield* found
  }

  /** The same, all at once that came at once. */
  async *decodeInBatches(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Decoded[]> {
    const { onDamage } = this.#options
    const options = { survey: this.survey, ...(onDamage === undefined ? {} : { onDamage }) }
    for await (const events of readInputInBatches(chunks, options)) {
      const found: Decoded[] = []
      for (const event of events) this.#event(event, found)
      yield found
    }
  }

  #event(event: CaptureEvent, found: Decoded[]): void {
    const { from } = event
    this.#count(event)
    if (event.kind === 'error') found.push({ kind: 'problem', treatment: 'session-reset', error: event.error, from })
    else if (event.kind === 'lost') found.push({ kind: 'lost', bytes: event.bytes, from })
    else for (const finding of this.#findings(event)) this.#finding(finding, from, found)
  }

  #count(event: CaptureEvent): void {
    if (event.kind === 'message') this.survey.bgpMessages++
    else if (event.kind === 'bmp') this.survey.bmpMessages++
    else if (event.kind === 'error') this.survey.broken++
    else if (event.kind === 'lost') this.survey.lostBytes += event.bytes
  }

  #findings(event: Extract<CaptureEvent, { kind: 'message' | 'bmp' | 'closed' }>): SessionFinding[] {
    const { from, connection } = event
    if (event.kind === 'bmp') return this.#router(connection, from).message(event.message)
    const router = this.#routers.get(connection)
    if (event.kind === 'closed') {
      if (router?.ownName !== undefined) this.#names.close(router.ownName)
      return router?.closed('the connection was closed') ?? this.#session(connection).closed(from)
    }
    return this.#session(connection).message(from, event.message, event.source)
  }

  #finding(finding: SessionFinding, from: string, found: Decoded[]): void {
    if (finding.kind === 'session') found.push({ kind: 'record', record: finding.record })
    else if (finding.kind === 'error') {
      found.push({ kind: 'problem', treatment: finding.error.treatment ?? 'session-reset', error: finding.error, from })
    } else if (finding.kind === 'update') this.#update(finding.source, finding.update, from, found)
    // What a recording has shown stays shown: its end, or that of a session in it, is no withdrawal.
  }

  #update(source: string, update: LinkStateUpdate, from: string, found: Decoded[]): void {
    const { announced, withdrawn, endOfRib, problems } = update
    if (endOfRib !== undefined || announced.length + withdrawn.length > 0) this.survey.linkState++
    for (const problem of problems) found.push({ kind: 'problem', from, ...problem })
    for (const record of this.rib.apply(source, update)) found.push({ kind: 'record', record })
    if (endOfRib !== undefined) {
      found.push({ kind: 'record', record: { kind: 'sync', id: `sync:${source}`, reason: 'end-of-rib', source } })
    }
  }

  #router(connection: number, address: string): BmpRouter {
    const known = this.#routers.get(connection)
    if (known !== undefined) return known
    const { strictOrder } = this.#options
    const router = new BmpRouter(address, { strictOrder, nameOf: (wanted) => this.#names.take(wanted, address) })
    this.#routers.set(connection, router)
    return router
  }

  #session(connection: number): CaptureSession {
    const session = this.#sessions.get(connection) ?? new CaptureSession(this.#options)
    this.#sessions.set(connection, session)
    return session
  }
}
