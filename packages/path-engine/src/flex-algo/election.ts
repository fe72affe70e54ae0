import type { NodeRecord } from '@segchain/records'
import { type AdvertisedDefinition, isUserDefined } from './definition.js'

/** Why the elected definition cannot be computed (then nobody takes part), or undefined. */
export function whyUnsupported(advertised: AdvertisedDefinition): string | undefined {
  const { definition, unsupported } = advertised
  if (unsupported !== undefined) return unsupported
  if (definition.calculationType !== 0) return `calculation type ${definition.calculationType} is not SPF`
  const { metricType } = definition
  if (metricType > 2 && !isUserDefined(metricType))
    return `metric type ${metricType} is not IGP, min delay, TE or user-defined`
  return undefined
}

/**
 * RFC 9350 §5.3: the definition with the highest priority wins, then the one of the highest
 * system-id (IS-IS) or router-id (OSPF). Every node must come to the same winner, also when the
 * winner is one that cannot be followed.
 */
export function electDefinition(candidates: readonly AdvertisedDefinition[]): AdvertisedDefinition | undefined {
  return candidates.reduce<AdvertisedDefinition | undefined>(
    (best, next) => (best === undefined || outranks(next, best) ? next : best),
    undefined,
  )
}

function outranks(a: AdvertisedDefinition, b: AdvertisedDefinition): boolean {
  if (a.definition.priority !== b.definition.priority) return a.definition.priority > b.definition.priority
  return compareSystemIds(a.systemId, b.systemId) > 0
}

/** Numeric order of system-ids (hexadecimal) and of dotted router-ids (each part decimal). */
export function compareSystemIds(a: string, b: string): number {
  const left = sortable(a)
  const right = sortable(b)
  return left < right ? -1 : left > right ? 1 : 0
}

function sortable(id: string): string {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(id)) {
    return id
      .split('.')
      .map((part) => part.padStart(3, '0'))
      .join('.')
  }
  return id.toLowerCase()
}

/** The definitions of an algorithm that nodes advertise; of several by one node the first (RFC 9350 §5.1, §5.2). */
export function advertisedDefinitions(nodes: readonly NodeRecord[], algorithm: number): AdvertisedDefinition[] {
  return nodes.flatMap((node) =>
    (node.flexAlgoDefinitions ?? [])
      .filter((fad) => fad.algorithm === algorithm)
      .slice(0, 1)
      .map((fad) => ({
        node: node.id,
        systemId: node.routerId ?? node.id,
        definition: {
          metricType: fad.metricType,
          calculationType: fad.calculationType,
          priority: fad.priority,
          excludeAny: fad.excludeAny ?? [],
          includeAny: fad.includeAny ?? [],
          includeAll: fad.includeAll ?? [],
          excludeSrlgs: fad.excludeSrlgs ?? [],
          prefixMetric: fad.flags?.includes('prefix-metric') ?? false,
        },
        ...unsupportedOf(fad.unsupported?.types ?? [], fad.flags ?? [], fad.unknown ?? []),
      })),
  )
}

/** RFC 9350 §5.3, §6: a node that meets an unknown sub-TLV or flag must not take part. */
function unsupportedOf(
  types: readonly number[],
  flags: readonly string[],
  unknown: readonly { readonly code: number }[],
): { unsupported?: string } {
  const codes = [...types, ...unknown.map((tlv) => tlv.code)]
  if (codes.length > 0) return { unsupported: `it has sub-TLVs that are not known here: ${codes.join(', ')}` }
  const odd = flags.filter((flag) => flag !== 'prefix-metric')
  return odd.length > 0 ? { unsupported: `it has flags that are not known here: ${odd.join(', ')}` } : {}
}
