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
import type LfibCommand from '../commands/lfib.js'
import { graphNamedOrJoined } from './graph-named.js'
import { loadModel } from './load-model.js'
import { nodeNamed } from './node-named.js'
import { readTopology } from './read-topology.js'

export async function runLfib(io: ToolIo<typeof LfibCommand>): Promise<void> {
  const network = await chosenNetwork(io)
  const { graph } = network
  const nodes =
    io.flags.node?.map((name) => nodeNamed(graph, name)) ??
    graph.nodes.filter((node) => !node.pseudonode).map((node) => node.index)
  const { algorithm } = io.flags
  const out = await io.open()
  for (const node of nodes) {
    for (const row of labelTable(network, node)) {
      if (algorithm === undefined || row.sid?.algorithm === algorithm) await out.write(entryOf(network, node, row))
    }
  }
  await out.end({ outcome: 'ok' })
}

async function chosenNetwork(io: ToolIo<typeof LfibCommand>): Promise<LabelNetwork> {
  if (io.flags.intents !== undefined) return (await loadModel(io, io.flags.intents, io.args.topology)).model.network
  const snapshot = await readTopology(io, io.args.topology)
  return advertisedNetwork(graphNamedOrJoined(snapshot, io.flags.instance), snapshot.prefixes)
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
