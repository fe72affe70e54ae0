import { labelTable } from '@segchain/path-engine'
import { type DeviceNames, exactly, interfaceOf, predictedNetwork } from '../network.js'
import type { Recording } from '../recording.js'

/** Labels with every branch, `17283 l4>17283 l1>pop`. */
export interface Tables {
  readonly router: string
  readonly predicted: readonly string[]
  readonly kernel: readonly string[]
}

/** The whole label table of every router, as predicted and as the kernel has it. */
export function labelTables(recording: Recording, names: DeviceNames = exactly): Tables[] {
  const network = predictedNetwork(recording)
  return [...recording.tables].map(([router, rows]) => {
    const node = recording.graph.nodes.find((one) => one.record?.name === router)?.index ?? -1
    const predicted = labelTable(network, node).map((row) =>
      text(
        names,
        router,
        row.label,
        // Linux takes a label of its own off over the loopback.
        row.action === 'end'
          ? [['lo', undefined]]
          : row.branches.map((branch) => [interfaceOf(recording.graph, branch.link), branch.label]),
      ),
    )
    const kernel = rows.map((row) =>
      text(
        names,
        router,
        row.label,
        row.branches.map((branch) => [branch.interface, branch.label]),
      ),
    )
    return { router, predicted, kernel }
  })
}

/** Adjacency-SIDs are of one link: by its own name. */
function text(
  names: DeviceNames,
  router: string,
  label: number,
  branches: readonly (readonly [string, number | undefined])[],
): string {
  const name = (device: string): string => (label < 16000 ? device : names(router, device))
  const ways = branches.map(([device, out]) => `${name(device)}>${out ?? 'pop'}`)
  return [label, ...[...new Set(ways)].sort()].join(' ')
}
