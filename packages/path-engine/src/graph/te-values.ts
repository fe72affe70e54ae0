import type { LinkAttributes, LinkRecord } from '@segchain/records'

const known = new WeakMap<LinkRecord, LinkRecord>()

/**
 * A link with the values that paths of segment lists are computed by. Routers may tell them for applications alone
 * (ASLA, RFC 9479, RFC 9492): those for SR Policy come first, or where there are none those for any application
 * (RFC 9479 §4.2), then what the link says itself. What nobody says of these stands in as another application has been
 * told it: a delay or a bandwidth is the link's, whoever asks. A risk that one application knows is shared for all.
 * The same record gives the same one again.
 */
export function withTeValues(record: LinkRecord): LinkRecord {
  const { applicationSpecific = [] } = record
  if (applicationSpecific.length === 0) return record
  const values = known.get(record) ?? merged(record, applicationSpecific)
  known.set(record, values)
  return values
}

function merged(record: LinkRecord, blocks: NonNullable<LinkRecord['applicationSpecific']>): LinkRecord {
  const of = (application: string): LinkAttributes[] =>
    blocks.filter(({ applications }) => applications.includes(application)).map(({ attributes }) => told(attributes))
  const first = of('sr-policy')
  const own = first.length > 0 ? first : of('any')
  const others = blocks.map(({ attributes }) => told(attributes))
  const srlgs = new Set([record, ...others].flatMap((one) => one.srlgs ?? []))
  return {
    ...(Object.assign({}, ...[...own, whole(record), ...others].reverse()) as LinkRecord),
    ...(srlgs.size === 0 ? {} : { srlgs: [...srlgs].sort((a, b) => a - b) }),
  }
}

/** Metrics of a type of its own are for Flex-Algo, which reads its blocks itself. */
function told({ genericMetrics: _, ...attributes }: LinkAttributes): LinkAttributes {
  return whole(attributes)
}

/** Both words of the affinities are of one speaker: where it says one, the other is empty. */
function whole<T extends LinkAttributes>(values: T): T {
  const { adminGroups, extendedAdminGroups } = values
  if ((adminGroups === undefined) === (extendedAdminGroups === undefined)) return values
  return { ...values, adminGroups: adminGroups ?? [], extendedAdminGroups: extendedAdminGroups ?? [] }
}
