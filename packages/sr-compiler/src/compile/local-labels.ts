import { formatBlock, indexOfLabel, type LabelNetwork, nodeName } from '@segchain/path-engine'
import type { IntentSet } from '../intents/intent.js'
import type { Path, Source } from '../intents/source.js'
import type { ManagedNode, NodeDirectory } from './nodes.js'
import { Problems } from './problems.js'

/** Labels that intents give to one node alone must be no label of its SRGB, and of no other adjacency of it. */
export function checkLocalLabels(
  intents: IntentSet,
  directory: NodeDirectory,
  network: LabelNetwork,
  problems: Problems,
): void {
  const isTaken = (at: ManagedNode, label: number, source: Source, path: Path): boolean => {
    const block = network.blockOf(at.node.index)
    if (indexOfLabel(block, label) === undefined) return false
    const message = `label ${label} is in the SRGB of ${nodeName(at.node)}: ${formatBlock(block)}`
    problems.add('LABEL_IN_SRGB', source.at(path), message, 'take a label of its SRLB, or one that nothing else has')
    return true
  }
  for (const at of directory.managed) {
    at.device.spec.links?.forEach(({ adjacencySid }, i) => {
      const path = ['spec', 'links', i, 'adjacencySid', 'label']
      if (adjacencySid !== undefined) isTaken(at, adjacencySid.label, at.device.source, path)
    })
  }
  for (const { spec, source } of intents.steerings) {
    const { bindingSid } = spec
    // That the headend is unknown is said elsewhere.
    const at = directory.managedNode(spec.headend, source, ['spec', 'headend'], new Problems())
    if (bindingSid === undefined || at === undefined) continue
    if (isTaken(at, bindingSid, source, ['spec', 'bindingSid'])) continue
    if (network.localsAt(at.node.index, bindingSid).length === 0) continue
    const message = `label ${bindingSid} is an adjacency-SID of ${nodeName(at.node)}`
    problems.add('SID_CONFLICT', source.at(['spec', 'bindingSid']), message, 'take a label that nothing else has')
  }
}
