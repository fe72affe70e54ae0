import type { RenderedRecord } from '../renderer.js'

/** A column of a table: made from the same record that NDJSON shows. */
export interface Column {
  readonly title: string
  readonly value: (record: RenderedRecord) => unknown
  /** Only with `-o wide`. */
  readonly wide?: true
  readonly align?: 'right'
}

/** The field of this name. */
export function field(name: string, title: string = name, options: Pick<Column, 'wide' | 'align'> = {}): Column {
  return { title, value: (record) => record[name], ...options }
}

export const wide = { wide: true } as const
export const right = { align: 'right' } as const
