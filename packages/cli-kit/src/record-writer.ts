import type { Header, SchemaName, StreamRecord, Summary } from '@segchain/records'
import type { ByteWriter } from './ndjson/byte-writer.js'
import type { Renderer } from './output/renderer.js'

/** What a tool adds to the header; kind, schema, tool and version are filled in. */
export type HeaderFields = Omit<Header, 'kind' | 'schema' | 'tool' | 'version'>

/** What a tool says at the end; kind, id and the counts by kind are filled in. */
export interface EndOfStream {
  readonly outcome: Summary['outcome']
  readonly exitCode?: number
  /** Added to the counts by kind. */
  readonly counts?: Readonly<Record<string, number>>
  readonly digest?: string
}

/** Writes one stream to stdout: header first, records, and for a finite stream a summary. */
export class RecordWriter<S extends SchemaName> {
  readonly #bytes: ByteWriter
  readonly #renderer: Renderer
  readonly #counts = new Map<string, number>()
  #ended = false

  readonly #extraCounts: () => Readonly<Record<string, number>>

  /** `extraCounts` is asked when the stream ends: what the summary counts beside the records. */
  constructor(bytes: ByteWriter, renderer: Renderer, extraCounts: () => Readonly<Record<string, number>> = () => ({})) {
    this.#bytes = bytes
    this.#renderer = renderer
    this.#extraCounts = extraCounts
  }

  /** Resolves when there is room for more. @throws Terminated when the reader has gone. */
  async write(record: StreamRecord<S>): Promise<void> {
    const rendered: { readonly kind: string } = record
    this.#counts.set(rendered.kind, (this.#counts.get(rendered.kind) ?? 0) + 1)
    await this.#bytes.write(this.#renderer.record(rendered))
  }

  /** The command has ended its stream, or has been told to stop following. */
  get ended(): boolean {
    return this.#ended
  }

  /** How many records of this kind were written. */
  count(kind: StreamRecord<S>['kind']): number {
    return this.#counts.get(kind) ?? 0
  }

  /** Ends a finite stream. */
  async end(end: EndOfStream): Promise<void> {
    await this.#bytes.write(this.#renderer.record(this.#summary(end)))
    await this.close()
  }

  /** Ends a stream whose command did not: written even after a signal, but not to a reader that has gone. */
  async abandon(end: EndOfStream): Promise<void> {
    this.#ended = true
    await this.#bytes.end(this.#renderer.record(this.#summary(end)) + this.#renderer.end())
  }

  /** Ends a stream that has no summary: one that follows, and was told to stop. */
  async close(): Promise<void> {
    this.#ended = true
    const rest = this.#renderer.end()
    if (rest !== '') await this.#bytes.write(rest)
    await this.#bytes.end()
  }

  #summary(end: EndOfStream): Summary {
    const counts = Object.fromEntries([...this.#counts].filter(([kind]) => kind !== 'header' && kind !== 'sync'))
    return {
      kind: 'summary',
      id: 'summary',
      outcome: end.outcome,
      exitCode: end.exitCode ?? 0,
      counts: { ...counts, ...this.#extraCounts(), ...end.counts },
      ...(end.digest === undefined ? {} : { digest: end.digest }),
    }
  }
}
