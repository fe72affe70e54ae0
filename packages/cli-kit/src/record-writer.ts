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

  constructor(bytes: ByteWriter, renderer: Renderer) {
    this.#bytes = bytes
    this.#renderer = renderer
  }

  /** Resolves when there is room for more. @throws Terminated when the reader has gone. */
  async write(record: StreamRecord<S>): Promise<void> {
    const rendered: { readonly kind: string } = record
    this.#counts.set(rendered.kind, (this.#counts.get(rendered.kind) ?? 0) + 1)
    await this.#bytes.write(this.#renderer.record(rendered))
  }

  /** How many records of this kind were written. */
  count(kind: StreamRecord<S>['kind']): number {
    return this.#counts.get(kind) ?? 0
  }

  /** Ends a finite stream. */
  async end(end: EndOfStream): Promise<void> {
    const counts = Object.fromEntries([...this.#counts].filter(([kind]) => kind !== 'header' && kind !== 'sync'))
    const summary: Summary = {
      kind: 'summary',
      id: 'summary',
      outcome: end.outcome,
      exitCode: end.exitCode ?? 0,
      counts: { ...counts, ...end.counts },
      ...(end.digest === undefined ? {} : { digest: end.digest }),
    }
    await this.#bytes.write(this.#renderer.record(summary))
    await this.close()
  }

  /** Ends a stream that has no summary: one that follows, and was told to stop. */
  async close(): Promise<void> {
    const rest = this.#renderer.end()
    if (rest !== '') await this.#bytes.write(rest)
    await this.#bytes.end()
  }
}
