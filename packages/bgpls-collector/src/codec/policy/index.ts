import type { SrPolicyPathRecord } from '@segchain/records'
import { type FlagNames, flagBits, flagsOf } from '../bits.js'
import { readText } from '../text.js'
import { fieldTlv, registry, type TlvCodec } from '../tlv.js'
import { bindingSid, srv6BindingSid } from './binding-sids.js'
import { constraints } from './constraints.js'
import { segmentList } from './segment-lists.js'
import { tePathState } from './te-path-state.js'

/** S A B E V O D C I T U of RFC 9857 §5.3. */
const STATE: FlagNames = [
  'shutdown',
  'active',
  'backup',
  'evaluated',
  'valid',
  'on-demand',
  'delegated',
  'provisioned',
  'drop-upon-invalid',
  'transit-eligible',
  'dropping',
]

/**
 * ```
 * |   Priority    |   RESERVED    |             Flags             |   RFC 9857 §5.3
 * |                           Preference                          |
 * ```
 */
const candidatePathState: TlvCodec<SrPolicyPathRecord> = {
  code: 1202,
  decode(value, into) {
    const priority = value.u8()
    value.skip(1)
    const state = flagsOf(value.u16(), STATE, 16)
    into.preference = value.u32()
    into.priority = priority
    into.state = state
  },
  encode({ state, priority, preference }, out) {
    if (state === undefined && preference === undefined) return
    out.add(1202, (writer) =>
      writer
        .u8(priority ?? 0)
        .u8(0)
        .u16(flagBits(state, STATE, 16))
        .u32(preference ?? 0),
    )
  },
}

type NameField = 'candidatePathName' | 'policyName'

/** RFC 9857 §5.4 and §5.5. */
function name(code: number, field: NameField): TlvCodec<SrPolicyPathRecord> {
  return fieldTlv<SrPolicyPathRecord, string>({
    code,
    read: readText,
    write: (writer, text) => writer.bytes(Buffer.from(text, 'utf8')),
    get: (from) => from[field],
    set: (into, text) => {
      into[field] = text
    },
  })
}

/** What the BGP-LS Attribute may say about a candidate path. */
export const policyTlvs = registry<SrPolicyPathRecord>(
  bindingSid,
  srv6BindingSid,
  candidatePathState,
  name(1203, 'candidatePathName'),
  name(1213, 'policyName'),
  constraints,
  segmentList,
  tePathState,
)
