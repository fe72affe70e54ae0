import type { TopologyRecord } from '@segchain/records'
import type { TopologyEvent } from '../rib/rib.js'

/**
 * A recording is a folder: `input.ndjson` holds what came in, one step a line, `output.ndjson` what
 * became of it. The same layout serves as a test: a user's recording is a fixture.
 */
export type RecordedStep =
  /** An UPDATE as it came, how its AS numbers are to be read (absent: either way), and whether its TLVs have to ascend (absent: no). */
  | {
      readonly do: 'update'
      readonly source: string
      readonly asn4?: boolean | undefined
      readonly strict?: true
      readonly hex: string
    }
  /** The topology of a `--state` file. */
  | { readonly do: 'load'; readonly records: readonly TopologyRecord[] }
  /** What was said is void; will come back; did not come back; is being said again; was said again. */
  | { readonly do: RibStep; readonly source: string; readonly safi?: number }

export type RibStep = 'drop' | 'mark-stale' | 'sweep-stale' | 'begin-refresh' | 'end-refresh'

export const INPUT_FILE = 'input.ndjson'
export const OUTPUT_FILE = 'output.ndjson'

/** Where steps and their results go while they happen. */
export interface Recorder {
  step(step: RecordedStep): void
  result(event: TopologyEvent): void
}

/** The step of an UPDATE, whole as it came. */
export function updateStep(
  source: string,
  { bytes, asn4 }: { readonly bytes: Buffer; readonly asn4?: boolean },
  strictOrder: boolean,
): RecordedStep {
  return {
    do: 'update',
    source,
    ...(asn4 === undefined ? {} : { asn4 }),
    ...(strictOrder ? { strict: true } : {}),
    hex: bytes.toString('hex'),
  }
}
