import { labelTable } from '@segchain/path-engine'
import { interfaceOf, predictedNetwork } from '../network.js'
import type { Recording } from '../recording.js'

/** Labels with every branch, `17283 l4>17283 l1>pop`. */
export interface Tables {
  readonly router: string
  readonly predicted: readonly string[]
  readonly kernel: readonly string[]
}

/** The whole label table of every router, as predicted and as the kernel has it. */
export function labelTables(recording: Recording): Tables[] {
  const network = predictedNetwork(recording)
  return [...recording.tables].map(([router, rows]) => {
    const node = recording.graph.nodes.find((one) => one.record?.name === router)?.index ?? -1
    const predicted = labelTable(network, node).map((row) =>
      text(
        row.label,
        // Linux takes a label of its own off over the loopback.
        row.action === 'end'
          ? [['lo', undefined]]
          : row.branches.map((branch) => [interfaceOf(recording.graph, branch.link), branch.label]),
      ),
    )
    const kernel = rows.map((row) =>
      text(
        row.label,
        row.branches.map((branch) => [branch.interface, branch.label]),
      ),
    )
    return { router, predicted, kernel }
  })
}

function text(label: number, branches: readonly (readonly [string, number | undefined])[]): string {
  const ways = branches.map(([device, out]) => `${device}>${out ?? 'pop'}`)
  return [label, ...[...new Set(ways)].sort()].join(' ')
}
