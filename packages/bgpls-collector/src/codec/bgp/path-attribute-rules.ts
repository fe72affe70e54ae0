import type { Treatment } from '../decode-error.js'
import { PATH } from '../iana/bgp-parameters.js'

const WELL_KNOWN = 0x40
const OPTIONAL = 0x80
const OPTIONAL_TRANSITIVE = 0xc0

export interface AttributeRule {
  readonly name: string
  /** Optional and transitive bit as they have to be. */
  readonly flags: number
  /** What a malformed one costs, RFC 7606 §7. */
  readonly treatment: Treatment
  /** What is wrong with the value, if anything. Without `asn4` AS numbers of 2 octets and of 4 are right. */
  check?(bytes: Buffer, start: number, end: number, asn4: boolean | undefined): string | undefined
}

const length =
  (allowed: number) =>
  (_bytes: Buffer, start: number, end: number): string | undefined =>
    end - start === allowed ? undefined : `has ${end - start} bytes, not ${allowed}`
const multipleOf = (unit: number) => (_bytes: Buffer, start: number, end: number) =>
  end > start && (end - start) % unit === 0 ? undefined : `has ${end - start} bytes, no multiple of ${unit}`

function origin(bytes: Buffer, start: number, end: number): string | undefined {
  if (end - start !== 1) return `has ${end - start} bytes, not 1`
  const value = bytes[start] ?? 0
  return value <= 2 ? undefined : `is ${value}, not 0 to 2`
}

/** Only the form is looked at: a collector of link state does not use the path. */
function asPathOfEitherWidth(bytes: Buffer, start: number, end: number, asn4: boolean | undefined): string | undefined {
  const wrong = asPath(bytes, start, end, asn4 ?? true)
  return asn4 === undefined && wrong !== undefined && asPath(bytes, start, end, false) === undefined ? undefined : wrong
}

function aggregator(_bytes: Buffer, start: number, end: number, asn4: boolean | undefined): string | undefined {
  if (asn4 === undefined && end - start === 6) return undefined
  return length(asn4 === false ? 6 : 8)(_bytes, start, end)
}

/** RFC 7606 §7.2: known segment types, each with at least one AS, that fill the attribute. */
function asPath(bytes: Buffer, start: number, end: number, asn4: boolean): string | undefined {
  for (let at = start; at < end; ) {
    const type = bytes[at] ?? 0
    const count = at + 1 < end ? (bytes[at + 1] ?? 0) : 0
    if (type < 1 || type > 4) return `has a segment of type ${type}`
    if (count === 0) return 'has a segment without AS'
    at += 2 + count * (asn4 ? 4 : 2)
    if (at > end) return `has a segment of ${count} AS that does not fit`
  }
  return undefined
}

/** RFC 7606 §7 and the RFCs of the attributes. What is not listed is not looked into. */
export const attributeRules: ReadonlyMap<number, AttributeRule> = new Map<number, AttributeRule>([
  [PATH.origin, { name: 'ORIGIN', flags: WELL_KNOWN, treatment: 'treat-as-withdraw', check: origin }],
  [PATH.asPath, { name: 'AS_PATH', flags: WELL_KNOWN, treatment: 'treat-as-withdraw', check: asPathOfEitherWidth }],
  [PATH.nextHop, { name: 'NEXT_HOP', flags: WELL_KNOWN, treatment: 'treat-as-withdraw', check: length(4) }],
  [PATH.multiExitDisc, { name: 'MULTI_EXIT_DISC', flags: OPTIONAL, treatment: 'treat-as-withdraw', check: length(4) }],
  [PATH.localPref, { name: 'LOCAL_PREF', flags: WELL_KNOWN, treatment: 'treat-as-withdraw', check: length(4) }],
  [
    PATH.atomicAggregate,
    { name: 'ATOMIC_AGGREGATE', flags: WELL_KNOWN, treatment: 'attribute-discard', check: length(0) },
  ],
  [
    PATH.aggregator,
    {
      name: 'AGGREGATOR',
      flags: OPTIONAL_TRANSITIVE,
      treatment: 'attribute-discard',
      check: aggregator,
    },
  ],
  [
    PATH.communities,
    { name: 'COMMUNITIES', flags: OPTIONAL_TRANSITIVE, treatment: 'treat-as-withdraw', check: multipleOf(4) },
  ],
  [PATH.originatorId, { name: 'ORIGINATOR_ID', flags: OPTIONAL, treatment: 'treat-as-withdraw', check: length(4) }],
  [PATH.clusterList, { name: 'CLUSTER_LIST', flags: OPTIONAL, treatment: 'treat-as-withdraw', check: multipleOf(4) }],
  [PATH.mpReach, { name: 'MP_REACH_NLRI', flags: OPTIONAL, treatment: 'session-reset' }],
  [PATH.mpUnreach, { name: 'MP_UNREACH_NLRI', flags: OPTIONAL, treatment: 'session-reset' }],
  [
    PATH.extendedCommunities,
    { name: 'EXTENDED_COMMUNITIES', flags: OPTIONAL_TRANSITIVE, treatment: 'treat-as-withdraw', check: multipleOf(8) },
  ],
  [PATH.linkState, { name: 'BGP-LS Attribute', flags: OPTIONAL, treatment: 'attribute-discard' }],
])
