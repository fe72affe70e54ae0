import type { Protocol } from '@segchain/records'
import { byCode, type IanaRow } from './row.js'

/** https://www.iana.org/assignments/bgp-ls-parameters, "BGP-LS Protocol-IDs". */
export const protocolIds = [
  { code: 1, name: 'isis-l1', ref: 'RFC 9552 §5.2' },
  { code: 2, name: 'isis-l2', ref: 'RFC 9552 §5.2' },
  { code: 3, name: 'ospfv2', ref: 'RFC 9552 §5.2' },
  { code: 4, name: 'direct', ref: 'RFC 9552 §5.2' },
  { code: 5, name: 'static', ref: 'RFC 9552 §5.2' },
  { code: 6, name: 'ospfv3', ref: 'RFC 9552 §5.2' },
  { code: 7, name: 'bgp', ref: 'RFC 9086 §4' },
  { code: 8, name: 'rsvp-te', ref: 'draft-ietf-idr-bgp-ls-te-path' },
  { code: 9, name: 'segment-routing', ref: 'RFC 9857 §3' },
] as const satisfies readonly (IanaRow & { readonly name: Protocol })[]

const names: ReadonlyMap<number, IanaRow & { readonly name: Protocol }> = byCode(protocolIds)
const codes: ReadonlyMap<string, number> = new Map(protocolIds.map((row) => [row.name, row.code]))

export function protocolName(code: number): Protocol {
  return names.get(code)?.name ?? `protocol-${code}`
}

export function protocolCode(name: string): number | undefined {
  const digits = /^protocol-([0-9]{1,3})$/.exec(name)?.[1]
  return codes.get(name) ?? (digits === undefined || Number(digits) > 255 ? undefined : Number(digits))
}
