import type { ToolIo } from '@segchain/cli-kit'
import {
  advertisedNetwork,
  type LabelNetwork,
  type LabelRow,
  labelTable,
  linkAt,
  nodeAt,
  nodeName,
} from '@segchain/path-engine'
import type { LabelEntryRecord } from '@segchain/records'
import { nodeNamed } from '../analysis/node-named.js'
import type LfibCommand from '../commands/lfib.js'
import { graphNamedOrJoined } from './graph-named.js'
import { loadModel } from './load-model.js'
import { readTopology } from './read-topology.js'

export async function runLfib(io: ToolIo<typeof LfibCommand>): Promise<void> {
  const networks = await chosenNetworks(io)
  const [first] = networks
  const named = io.flags.node?.map((name) => nodeAt(first.graph, nodeNamed(first.graph, name)))
  const nodes = named ?? first.graph.nodes.filter((node) => !node.pseudonode)
  const out = await io.open()
  for (const { id } of nodes) {
    for (const { network, node, row } of rowsOf(networks, id, io.flags.algorithm)) {
      await out.write(entryOf(network, node, row))
    }
  }
  await out.end({ outcome: 'ok' })
}

interface Row {
  readonly network: LabelNetwork
  readonly node: number
  readonly row: LabelRow
}

/** A router has one table for the segments of all its topologies, by label. */
function rowsOf(networks: readonly LabelNetwork[], id: string, algorithm: number | undefined): Row[] {
  const rows = new Map<number, Row>()
  for (const network of networks) {
    const node = network.graph.indexOfNode.get(id)
    for (const row of node === undefined ? [] : labelTable(network, node)) {
      const isAsked = algorithm === undefined || row.sid?.algorithm === algorithm
      if (node !== undefined && isAsked && !rows.has(row.label)) rows.set(row.label, { network, node, row })
    }
  }
  return [...rows.values()].sort((a, b) => a.row.label - b.row.label)
}

/** As intents make it; or as it is, in each topology that has prefix-SIDs (RFC 8667 §2.1: those of TLV 237 are in one). */
async function chosenNetworks(io: ToolIo<typeof LfibCommand>): Promise<readonly [LabelNetwork, ...LabelNetwork[]]> {
  const { intents, instance, 'multi-topology': only } = io.flags
  if (intents !== undefined) return [(await loadModel(io, intents, io.args.topology)).model.network]
  const snapshot = await readTopology(io, io.args.topology)
  const network = (id: number): LabelNetwork =>
    advertisedNetwork(graphNamedOrJoined(snapshot, instance, id), snapshot.prefixes)
  if (only !== undefined) return [network(only)]
  const others = snapshot.prefixes.flatMap(({ multiTopologyId = 0, prefixSids = [] }) =>
    multiTopologyId === 0 || prefixSids.length === 0 ? [] : multiTopologyId,
  )
  return [network(0), ...[...new Set(others)].sort((a, b) => a - b).map(network)]
}

function entryOf({ graph }: LabelNetwork, node: number, { label, action, sid, branches }: LabelRow): LabelEntryRecord {
  const name = nodeName(nodeAt(graph, node))
  return {
    kind: 'label-entry',
    id: `label:${name}:${label}`,
    node: name,
    label,
    action,
    ...(sid === undefined ? {} : { prefix: sid.prefix, algorithm: sid.algorithm }),
    ...(sid?.service === undefined ? {} : { service: sid.service }),
    nextHops: branches.map((branch) => {
      const { record, to } = linkAt(graph, branch.link)
      // Over a LAN the address of the record is not the neighbour's.
      const address = to === branch.node ? record.remoteAddresses?.[0] : undefined
      return {
        node: nodeName(nodeAt(graph, branch.node)),
        link: record.id,
        ...(address === undefined ? {} : { address }),
        ...(branch.label === undefined ? {} : { label: branch.label }),
      }
    }),
  }
}
