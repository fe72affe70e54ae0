import type { NodeRecord } from '@segchain/records'
import { formatInstanceKey, type InstanceKey } from '../topology/instance-key.js'
import type { Snapshot } from '../topology/snapshot.js'
import { buildGraph, rowsOf } from './build.js'
import type { Graph, GraphNode } from './graph.js'

interface Merged {
  readonly ids: string[]
  readonly scopes: number[]
  readonly parts: GraphNode[]
}

/**
 * One graph of several IGP instances that nodes join: the levels of IS-IS, the areas of OSPF, or domains
 * whose borders run both. A joining node is one node; each link belongs to its instance, and so does each
 * prefix-SID, which nobody outside knows. Undefined when the instances do not all hang together.
 */
export function joinInstances(
  snapshot: Snapshot,
  instances: readonly InstanceKey[],
  multiTopologyId = 0,
): Graph | undefined {
  const graphs = instances.map((instance) => buildGraph(snapshot, instance, multiTopologyId))
  const [first] = graphs
  const merged = mergeNodes(graphs)
  if (first === undefined || !hangTogether(merged, graphs.length)) return undefined
  const nodes = merged.map(nodeOf)
  const indexOfNode = new Map(merged.flatMap(({ ids }, index) => ids.map((id): [string, number] => [id, index])))
  const links = graphs
    .flatMap((graph, scope) =>
      graph.links.map(({ record }) => ({
        record,
        scope,
        from: indexOfNode.get(record.localNode) ?? -1,
        to: indexOfNode.get(record.remoteNode) ?? -1,
      })),
    )
    .sort((a, b) => a.from - b.from || a.to - b.to || (a.record.id < b.record.id ? -1 : 1))
  return {
    instance: first.instance,
    multiTopologyId,
    nodes,
    links: links.map(({ record, from, to }, index) => ({ index, record, from, to })),
    indexOfNode,
    leftOut: graphs.flatMap((graph) => graph.leftOut),
    ...rowsOf(nodes.length, links),
    joined: {
      names: instances.map(formatInstanceKey),
      ofNode: merged.map(({ scopes }) => scopes),
      ofLink: Int32Array.from(links, (link) => link.scope),
      overloadIn: merged.map(({ scopes, parts }) => scopes.filter((_, i) => parts[i]?.overload === true)),
      records: merged.map(({ scopes, parts }) => {
        const known = parts.flatMap(({ record }, i): [number, NodeRecord][] =>
          record === undefined ? [] : [[scopes[i] as number, record]],
        )
        return new Map(known)
      }),
      ofId: new Map(graphs.flatMap((graph, scope) => graph.nodes.map(({ id }): [string, number] => [id, scope]))),
    },
  }
}

/** In the order of their first ids. */
function mergeNodes(graphs: readonly Graph[]): Merged[] {
  const byIdentity = new Map<string, Merged>()
  const all: Merged[] = []
  graphs.forEach((graph, scope) => {
    for (const node of graph.nodes) {
      const identities = identitiesOf(node)
      const known = identities.map((key) => byIdentity.get(key)).find((one) => one && !one.scopes.includes(scope))
      const merged = known ?? { ids: [], scopes: [], parts: [] }
      if (known === undefined) all.push(merged)
      merged.ids.push(node.id)
      merged.scopes.push(scope)
      merged.parts.push(node)
      for (const key of identities) if (!byIdentity.has(key)) byIdentity.set(key, merged)
    }
  })
  return all.sort((a, b) => ((a.ids[0] ?? '') < (b.ids[0] ?? '') ? -1 : 1))
}

/** What tells that two records are one router: its system-id or router-id in one process, or its TE router-id. */
function identitiesOf({ id, record, pseudonode }: GraphNode): string[] {
  if (record === undefined || pseudonode) return [`id|${id}`]
  const family = record.protocol.replace(/-l[12]$/, '')
  const own = record.routerId === undefined ? [] : [`${family}|${record.instanceId}|${record.routerId}`]
  return [...own, ...(record.routerIds ?? []).map((address) => `address|${address}`)]
}

function nodeOf({ parts }: Merged, index: number): GraphNode {
  const [one] = parts
  if (one === undefined || parts.length === 1) return { ...(one as GraphNode), index }
  const records = parts.flatMap(({ record }) => (record === undefined ? [] : [record]))
  return {
    ...one,
    index,
    record: mergeRecords(records),
    // In paths over several instances; what the routers of one compute is scopedTopology.
    overload: parts.some((part) => part.overload),
    srgb: parts.find((part) => part.srgb.length > 0)?.srgb ?? [],
  }
}

function mergeRecords(records: readonly NodeRecord[]): NodeRecord {
  const definitions = records.flatMap((record) => record.flexAlgoDefinitions ?? [])
  const algorithms = [...new Set(records.flatMap((record) => record.algorithms ?? []))]
  return {
    ...(Object.assign({}, ...[...records].reverse()) as NodeRecord),
    ...(definitions.length === 0 ? {} : { flexAlgoDefinitions: definitions }),
    ...(algorithms.length === 0 ? {} : { algorithms }),
  }
}

/** Every instance can be got to over joining nodes. */
function hangTogether(nodes: readonly Merged[], count: number): boolean {
  const reached = new Set([0])
  for (let before = 0; before < reached.size; ) {
    before = reached.size
    for (const { scopes } of nodes)
      if (scopes.some((scope) => reached.has(scope))) for (const scope of scopes) reached.add(scope)
  }
  return reached.size === count
}
