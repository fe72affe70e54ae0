import type { Graph, Snapshot } from '@segchain/path-engine'
import { type LinkAttributes, type LinkRecord, SegchainError } from '@segchain/records'
import { endsNamed, interfaceNamed } from './links-named.js'

type Change = (link: LinkRecord) => LinkRecord

/**
 * `r1-r2:metric=100`, `r1-r2:delay=5000`, `r1-r2:te=7`: the topology with everything between the two changed, in both
 * directions; `10.0.0.1:metric=100`: what the one interface says, which is one direction.
 *
 * @throws {SegchainError} category `usage`.
 */
export function applyChange(graph: Graph, snapshot: Snapshot, text: string): Snapshot {
  const match = /^(.+):(metric|delay|te)=([0-9]{1,10})$/.exec(text)
  const [, name = '', field = '', value = ''] = match ?? []
  const change = changeOf(field, Number(value))
  const isMeant = match === null ? () => false : linksMeant(graph, name)
  let changed = 0
  const links = snapshot.links.map((link) => {
    if (!isMeant(link)) return link
    changed += 1
    return change(link)
  })
  if (changed > 0) return { ...snapshot, links }
  throw new SegchainError({
    category: 'usage',
    code: 'UNKNOWN_CHANGE',
    message: `cannot change ${text}`,
    hint: 'written r1-r2:metric=100, r1-r2:delay=5000 (microseconds) or r1-r2:te=7, between neighbours; or with the address of an interface, for its direction alone: 10.0.0.1:metric=100',
  })
}

/** Several records may describe one adjacency: all of them are meant. */
function linksMeant(graph: Graph, name: string): (link: LinkRecord) => boolean {
  const numberOf = (id: string): number => graph.indexOfNode.get(id) ?? -1
  const ends = endsNamed(graph, name)
  const one = ends.length > 0 ? undefined : interfaceNamed(graph, name)
  const only = one === undefined ? undefined : graph.links[one]
  return (link) => {
    const [from, to] = [numberOf(link.localNode), numberOf(link.remoteNode)]
    if (ends.some(([a, b]) => (from === a && to === b) || (from === b && to === a))) return true
    if (only === undefined || from !== only.from || to !== only.to) return false
    return link.id === name || link.localAddresses?.includes(name) === true
  }
}

function changeOf(field: string, value: number): Change {
  if (field === 'metric') return (link) => ({ ...link, igpMetric: value })
  const values = field === 'te' ? { teMetric: value } : { delayUs: value, minDelayUs: value }
  return (link) => ({ ...link, ...values, ...toldApplications(link, values) })
}

/** A delay is the link's, whoever is told of it; nobody is told what he was not before. */
function toldApplications({ applicationSpecific }: LinkRecord, values: LinkAttributes): Partial<LinkRecord> {
  if (applicationSpecific === undefined) return {}
  const blocks = applicationSpecific.map((block) => {
    const { attributes } = block
    const known = Object.entries(values).filter(([key]) => key in attributes)
    return { ...block, attributes: { ...attributes, ...Object.fromEntries(known) } }
  })
  return { applicationSpecific: blocks }
}
