import type { TopologyRecord } from '@segchain/records'
import { decodeAttribute } from '../attribute.js'
import { DecodeError, type Problem } from '../decode-error.js'
import type { NodeCache } from '../descriptor/node-cache.js'
import { AFI_LINK_STATE, LINK_STATE_SAFIS, PATH } from '../iana/bgp-parameters.js'
import { decodeNlris, type PathIdentifiers } from '../nlri/index.js'
import { ByteReader } from '../reader.js'
import { HEADER_LENGTH, type RawMessage } from './message.js'
import { decodePathAttributes, type PathAttributes, reset } from './path-attributes.js'

/** What decides how an UPDATE is read; all of it is known from the OPENs and from our own options. */
export interface UpdateContext {
  /** Both sides sent the 4-octet AS capability. Absent where nobody knows: AS numbers of either width are taken. */
  readonly asn4?: boolean | undefined
  /** See {@link NlriContext}. */
  readonly strictOrder?: boolean
  /** What the same session has sent before: saves reading it again. */
  readonly nodes?: NodeCache
}

export interface Withdrawn {
  readonly id: string
  readonly kind: TopologyRecord['kind']
  /** Path Identifier (RFC 7911): other paths to the same object stay. */
  readonly path?: number
}

/** What an UPDATE says about the link-state topology. */
export interface LinkStateUpdate {
  readonly announced: readonly TopologyRecord[]
  readonly withdrawn: readonly Withdrawn[]
  /** Path Identifiers of what is announced (RFC 7911); absent without ADD-PATH. */
  readonly paths?: ReadonlyMap<TopologyRecord, number>
  /** RFC 4724 §2: an MP_UNREACH_NLRI without a route ends the initial dump of the family with this SAFI. */
  readonly endOfRib?: number
  readonly problems: readonly Problem[]
}

/**
 * ```
 * | Withdrawn Routes Length (2) | Withdrawn Routes |   RFC 4271 §4.3
 * | Total Path Attribute Length (2) | Path Attributes | NLRI
 * ```
 * IPv4 routes and other address families are skipped.
 *
 * @throws {DecodeError} only when the session has to be reset.
 */
export function decodeUpdate(message: RawMessage, context: UpdateContext): LinkStateUpdate {
  const reader = ByteReader.over(message.bytes, 'update')
  const problems: Problem[] = []
  let attributes: PathAttributes
  try {
    reader.skip(HEADER_LENGTH)
    reader.skip(reader.u16())
    const path = reader.sub(reader.u16(), 'attributes')
    attributes = decodePathAttributes(path, context.asn4, problems)
  } catch (error) {
    throw error instanceof DecodeError && error.treatment !== 'session-reset' ? reset(error) : error
  }
  const identifiers: PathIdentifiers = new Map()
  const withdrawn = removedBy(attributes, context, problems, identifiers)
  const announced = announcedBy(attributes, context, problems, identifiers)
  const paths = identifiers.size === 0 ? {} : { paths: identifiers }
  if (announced.length > 0) requireMandatory(attributes, reader, problems)
  if (attributes.mpUnreach === undefined && !attributes.withdraw)
    return { announced, withdrawn: NOTHING, ...paths, problems }
  const empty = attributes.mpUnreach !== undefined && withdrawn.count === 0
  return {
    announced: attributes.withdraw ? [] : announced,
    withdrawn: [...withdrawn.records, ...(attributes.withdraw ? announced : [])].map((record) => {
      const { id, kind } = record
      const path = identifiers.get(record)
      return path === undefined ? { id, kind } : { id, kind, path }
    }),
    ...paths,
    ...(empty && withdrawn.safi !== undefined && attributes.mpReach === undefined ? { endOfRib: withdrawn.safi } : {}),
    problems,
  }
}

const NOTHING = [] as const

const MANDATORY = [
  [PATH.origin, 'ORIGIN'],
  [PATH.asPath, 'AS_PATH'],
] as const

/** RFC 7606 §3.d: a missing well-known mandatory attribute is treat-as-withdraw. */
function requireMandatory(attributes: PathAttributes, reader: ByteReader, problems: Problem[]): void {
  for (const [type, name] of MANDATORY) {
    if (attributes.seen.includes(type)) continue
    attributes.withdraw = true
    const error = reader.error('MISSING_ATTRIBUTE', `an UPDATE that announces routes without ${name}`)
    problems.push({ treatment: 'treat-as-withdraw', error })
  }
}

const NO_ROUTES = { count: 0, records: NOTHING }

/** RFC 4760 §4: AFI, SAFI, withdrawn routes. */
function removedBy(
  { mpUnreach }: PathAttributes,
  context: UpdateContext,
  problems: Problem[],
  paths: PathIdentifiers,
): { safi?: number | undefined; count: number; records: readonly TopologyRecord[] } {
  if (mpUnreach === undefined) return NO_ROUTES
  return resetting(() => {
    const safi = linkStateSafi(mpUnreach)
    const count = mpUnreach.left
    const records = safi === undefined ? [] : decodeNlris(mpUnreach, nlriContext(context, problems), safi, paths)
    return { safi, count, records }
  })
}

/**
 * RFC 4760 §3: AFI, SAFI, next hop with its length, a reserved byte, NLRIs. The next hop has 4, 16,
 * 32, or with a route distinguisher 12 or 24 bytes; a collector does not forward, so it is skipped.
 */
function announcedBy(
  attributes: PathAttributes,
  context: UpdateContext,
  problems: Problem[],
  paths: PathIdentifiers,
): TopologyRecord[] {
  const { mpReach, linkState } = attributes
  if (mpReach === undefined) return []
  const start = mpReach.position
  const decode = (findings: Problem[]) =>
    resetting(() => {
      mpReach.position = start
      const safi = linkStateSafi(mpReach)
      if (safi === undefined) return []
      mpReach.skip(mpReach.u8())
      mpReach.skip(1)
      return decodeNlris(mpReach, nlriContext(context, findings), safi, paths)
    })
  const records = decode(problems)
  if (linkState === undefined) return records
  // A broken attribute leaves half-filled records: what was found of it is a second, bare reading.
  let second: TopologyRecord[] | undefined
  for (const [index, record] of records.entries()) {
    if (withAttribute(record, linkState, problems)) continue
    second ??= decode([])
    const bare = discarded(second[index], linkState)
    if (bare === undefined) continue
    records[index] = bare
    const path = paths.get(record)
    if (path !== undefined) paths.set(bare, path)
  }
  return records
}

/** Reads what its attribute says into the record; false when the attribute is malformed. */
function withAttribute(record: TopologyRecord, attribute: ByteReader, problems: Problem[]): boolean {
  const start = attribute.position
  try {
    decodeAttribute(attribute, record, problems)
    return true
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    problems.push({ treatment: 'attribute-discard', error })
    return false
  } finally {
    attribute.position = start
  }
}

/**
 * RFC 9552 §8.2.2: a malformed BGP-LS Attribute is discarded as a whole and the NLRI is kept, "so
 * that the BGP-LS Consumers can detect the loss of link-state information".
 */
function discarded(bare: TopologyRecord | undefined, attribute: ByteReader): TopologyRecord | undefined {
  if (bare === undefined) return undefined
  return { ...bare, discardedAttribute: attribute.bytes.subarray(attribute.position, attribute.end).toString('hex') }
}

/** The table of link state that it is about, if it is. */
function linkStateSafi(reader: ByteReader): number | undefined {
  const afi = reader.u16()
  const safi = reader.u8()
  return afi === AFI_LINK_STATE && LINK_STATE_SAFIS.has(safi) ? safi : undefined
}

function nlriContext({ strictOrder = false, nodes }: UpdateContext, problems: Problem[]) {
  return { strictOrder, nodes, problems }
}

/** RFC 7606 §5.3, RFC 9552 §8.2.2: MP attributes that cannot be followed leave only the reset. */
function resetting<T>(decode: () => T): T {
  try {
    return decode()
  } catch (error) {
    throw error instanceof DecodeError ? reset(error) : error
  }
}
