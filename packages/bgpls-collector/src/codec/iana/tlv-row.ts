import type { IanaRow } from './row.js'

/** Where a TLV may stand. */
export type TlvPlace =
  | 'nlri'
  | 'node-descriptor'
  | 'link-descriptor'
  | 'prefix-descriptor'
  | 'srv6-sid-descriptor'
  | 'policy-descriptor'
  | 'node'
  | 'link'
  | 'prefix'
  | 'srv6-sid'
  | 'policy'
  | 'flex-algo-definition'
  | 'sub-tlv'

export interface TlvRow extends IanaRow {
  readonly in: readonly TlvPlace[]
}
