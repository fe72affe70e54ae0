import { DecodeError, type Problem } from '../decode-error.js'
import { PATH } from '../iana/bgp-parameters.js'
import type { ByteReader } from '../reader.js'
import { attributeRules } from './path-attribute-rules.js'

/** The attributes of an UPDATE that a BGP-LS receiver goes on with. */
export interface PathAttributes {
  mpReach?: ByteReader
  mpUnreach?: ByteReader
  linkState?: ByteReader
  /** Every type that was there, well-formed or not. */
  readonly seen: number[]
  /** The announced NLRIs are to be taken as withdrawn (RFC 7606 §2). */
  withdraw: boolean
}

const FLAG_BITS = 0xc0
const EXTENDED_LENGTH = 0x10

/**
 * ```
 * |  Attr. Flags  |Attr. Type Code| Length (1 or 2 bytes) | Value   RFC 4271 §4.3, repeated
 * ```
 * @throws {DecodeError} treatment `session-reset` where RFC 7606 leaves nothing else.
 */
export function decodePathAttributes(
  reader: ByteReader,
  asn4: boolean | undefined,
  problems: Problem[],
): PathAttributes {
  const found: PathAttributes = { seen: [], withdraw: false }
  while (reader.left > 0) {
    let value: ByteReader
    let type: number
    let flags: number
    try {
      flags = reader.u8()
      type = reader.u8()
      const length = (flags & EXTENDED_LENGTH) === 0 ? reader.u8() : reader.u16()
      value = reader.sub(length, attributeRules.get(type)?.name ?? `attribute-${type}`)
    } catch (error) {
      truncated(error, found, problems)
      return found
    }
    decodeAttributeValue(type, flags, value, asn4, found, problems)
  }
  return found
}

/**
 * RFC 7606 §4: an attribute that goes beyond the Total Path Attribute Length is treat-as-withdraw, as
 * long as the NLRIs are known; without them nothing tells what to withdraw.
 */
function truncated(error: unknown, found: PathAttributes, problems: Problem[]): void {
  if (!(error instanceof DecodeError)) throw error
  if (found.mpReach === undefined && found.mpUnreach === undefined) throw reset(error)
  found.withdraw = true
  problems.push({ treatment: 'treat-as-withdraw', error })
}

function decodeAttributeValue(
  type: number,
  flags: number,
  value: ByteReader,
  asn4: boolean | undefined,
  found: PathAttributes,
  problems: Problem[],
): void {
  if (found.seen.includes(type)) {
    const error = value.error('DUPLICATE_ATTRIBUTE', `path attribute ${type} stands twice in an UPDATE`)
    // RFC 7606 §3.g: two MP_REACH or MP_UNREACH end the session; of others all but the first are discarded.
    if (type === PATH.mpReach || type === PATH.mpUnreach) throw reset(error)
    problems.push({ treatment: 'attribute-discard', error })
    return
  }
  found.seen.push(type)
  const rule = attributeRules.get(type)
  if (rule === undefined) {
    // RFC 4271 §6.3: "If any of the well-known ... attributes are not recognized": subcode 2.
    if ((flags & 0x80) === 0) throw reset(value.error('WELL_KNOWN', `well-known path attribute ${type} is not known`))
    return
  }
  if ((flags & FLAG_BITS) !== rule.flags) {
    const shown = (flags & FLAG_BITS).toString(16)
    const error = value.error('ATTRIBUTE_FLAGS', `${rule.name} has flags 0x${shown}, not 0x${rule.flags.toString(16)}`)
    // RFC 7606 §3.c; for MP_REACH_NLRI the NLRIs are needed to withdraw them, so it is read on.
    apply(rule.treatment === 'session-reset' ? 'treat-as-withdraw' : rule.treatment, error, found, problems)
    if (rule.treatment === 'attribute-discard') return
  }
  const wrong = rule.check?.(value.bytes, value.position, value.end, asn4)
  if (wrong !== undefined) {
    apply(rule.treatment, value.error('ATTRIBUTE_VALUE', `${rule.name} ${wrong}`), found, problems)
  }
  if (type === PATH.mpReach) found.mpReach = value
  else if (type === PATH.mpUnreach) found.mpUnreach = value
  else if (type === PATH.linkState) found.linkState = value
}

function apply(treatment: Problem['treatment'], error: DecodeError, found: PathAttributes, problems: Problem[]): void {
  if (treatment === 'treat-as-withdraw') found.withdraw = true
  problems.push({ treatment, error })
}

/** The same error with the treatment that ends the session. */
export function reset(error: DecodeError): DecodeError {
  return new DecodeError({
    code: error.code,
    message: error.message,
    path: error.where.path ?? 'update',
    offset: error.where.offset ?? 0,
    treatment: 'session-reset',
    ...(error.need === undefined ? {} : { need: error.need }),
    ...(error.have === undefined ? {} : { have: error.have }),
  })
}
