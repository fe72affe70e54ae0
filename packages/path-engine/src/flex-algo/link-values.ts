import type { LinkAttributes, LinkRecord } from '@segchain/records'

/**
 * Which values of a link Flex-Algo looks at. RFC 9350 §12: only application-specific ones (ASLA,
 * RFC 9294). A speaker that exports no ASLA at all (FRR 10.7 takes its BGP-LS from the TE database)
 * would make every link colourless; `legacy` then reads the link's own values.
 */
export type AttributeSource = 'application-specific' | 'legacy'

/** `application-specific` as soon as one link of the graph has any. */
export function attributeSourceOf(links: readonly LinkRecord[]): AttributeSource {
  return links.some((link) => (link.applicationSpecific?.length ?? 0) > 0) ? 'application-specific' : 'legacy'
}

export interface LinkValues {
  readonly affinities: ReadonlySet<number>
  readonly srlgs: ReadonlySet<number>
  /** Microseconds. */
  readonly minDelayUs?: number
  readonly teMetric?: number
  /** By type. */
  readonly genericMetrics: ReadonlyMap<number, number>
}

/**
 * The values for the application Flex-Algo: those of the advertisements that name it (the X-bit). Only where a link
 * has none of these do advertisements with empty masks hold, which are for any application (RFC 9479 §4.2, RFC 9492 §5).
 */
export function linkValues(link: LinkRecord, source: AttributeSource): LinkValues {
  const blocks = source === 'legacy' ? [link] : applicable(link)
  const delay =
    first(blocks, (block) => block.minDelayUs) ??
    // A link that tells only its average delay (TLV 1114) is better than none, where no rule is left to keep.
    (source === 'legacy' ? link.delayUs : undefined)
  const te = first(blocks, (block) => block.teMetric)
  return {
    affinities: new Set(
      blocks.flatMap((block) => [...(block.adminGroups ?? []), ...(block.extendedAdminGroups ?? [])]),
    ),
    srlgs: new Set(blocks.flatMap((block) => block.srlgs ?? [])),
    // The first block that has a type counts: of equal keys, a Map keeps the last.
    genericMetrics: new Map(
      blocks
        .flatMap((block) => block.genericMetrics ?? [])
        .reverse()
        .map(({ type, metric }) => [type, metric]),
    ),
    ...(delay === undefined ? {} : { minDelayUs: delay }),
    ...(te === undefined ? {} : { teMetric: te }),
  }
}

/** A block that names Flex-Algo, whatever is in it, takes those for any application out. */
function applicable(link: LinkRecord): LinkAttributes[] {
  const all = link.applicationSpecific ?? []
  const named = all.filter((block) => block.applications.includes('flex-algo')).map((block) => block.attributes)
  if (named.length > 0) return named
  return all.filter((block) => block.applications.includes('any')).map((block) => block.attributes)
}

function first<T>(blocks: readonly LinkAttributes[], pick: (block: LinkAttributes) => T | undefined): T | undefined {
  for (const block of blocks) {
    const value = pick(block)
    if (value !== undefined) return value
  }
  return undefined
}
