/** A record as every renderer sees it: the envelope's fields, and whatever else is in it. */
export interface RenderedRecord {
  readonly kind: string
  readonly [field: string]: unknown
}

/** Turns records into text. What `record` keeps back (a table) comes with `end`. */
export interface Renderer {
  record(record: RenderedRecord): string
  end(): string
}

export const outputFormats = ['ndjson', 'json', 'yaml', 'table', 'wide'] as const
export type OutputFormat = (typeof outputFormats)[number]
