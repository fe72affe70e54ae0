import type { SrPolicyPathRecord, TePathState } from '@segchain/records'
import { fieldTlv } from '../tlv.js'

const ORIGINS: readonly (string | undefined)[] = [undefined, 'rsvp-te', 'pcep', 'local']
const FAMILIES: readonly (string | undefined)[] = [undefined, 'mpls-ipv4', 'mpls-ipv6']

/**
 * ```
 * | Object-origin | Address Family|            RESERVED           |   draft-ietf-idr-bgp-ls-te-path §5
 * //            MPLS-TE Path State Objects (variable)            //
 * ```
 */
export const tePathState = fieldTlv<SrPolicyPathRecord, TePathState>({
  code: 1200,
  read(value) {
    const origin = value.u8()
    const family = value.u8()
    value.skip(2)
    return {
      origin: ORIGINS[origin] ?? `origin-${origin}`,
      addressFamily: FAMILIES[family] ?? `family-${family}`,
      objects: value.rest().toString('hex'),
    }
  },
  write: (writer, { origin, addressFamily, objects }) =>
    writer.u8(codeOf(origin, ORIGINS)).u8(codeOf(addressFamily, FAMILIES)).u16(0).hex(objects),
  get: (from) => from.teState,
  set: (into, state) => {
    into.teState = state
  },
})

function codeOf(name: string, names: readonly (string | undefined)[]): number {
  const known = names.indexOf(name)
  return known > 0 ? known : Number(/-([0-9]+)$/.exec(name)?.[1] ?? 0)
}
