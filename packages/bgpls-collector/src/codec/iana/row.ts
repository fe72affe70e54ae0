/** A row of an IANA registry. */
export interface IanaRow {
  readonly code: number
  readonly name: string
  /** `RFC 9085 §2.1.2`, or the draft. */
  readonly ref: string
}

export function byCode<Row extends IanaRow>(rows: readonly Row[]): ReadonlyMap<number, Row> {
  return new Map(rows.map((row) => [row.code, row]))
}
