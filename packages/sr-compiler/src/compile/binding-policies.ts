import { adjacencyLabels, type Graph, nodeAt, nodeName } from '@segchain/path-engine'
import type { LabelRange, SrPolicyElement } from '@segchain/records'
import { type IntentSet, referenceOf } from '../intents/intent.js'
import { BindingAllocator } from '../lock/bindings.js'
import type { Lock } from '../lock/lock-file.js'
import type { ManagedNode, NodeDirectory } from './nodes.js'
import { segmentsOfPiece } from './segments.js'
import type { Piece, Splitter } from './split-stack.js'
import { msdOfNode, policyKey, type Steered } from './steered.js'
import { STEPS } from './steps.js'

/** Policies that a binding-SID stands for have colors of their own: this, and the label. */
const BINDING_COLORS = 0x8000_0000

/** What binding-SIDs are given out from, for all Steerings. */
export function bindingAllocator(lock: Lock, graph: Graph, intents: IntentSet): BindingAllocator {
  const reserved = new Set<number>(adjacencyLabels(graph).map((local) => local.label))
  for (const { spec } of intents.devices) {
    for (const link of spec.links ?? []) if (link.adjacencySid !== undefined) reserved.add(link.adjacencySid.label)
  }
  for (const { spec } of intents.steerings) if (spec.bindingSid !== undefined) reserved.add(spec.bindingSid)
  return new BindingAllocator(lock.bindings ?? [], reserved)
}

export interface SplitContext {
  readonly graph: Graph
  readonly intents: IntentSet
  readonly directory: NodeDirectory
  readonly bindings: BindingAllocator
}

export function bindingOwner(steering: string, piece: number): string {
  return `binding/${steering}/${piece}`
}

/** How the stack of a Steering may be split. */
export function splitterFor(steering: string, { graph, intents, directory, bindings }: SplitContext): Splitter {
  const managedAt = (node: number) => directory.managed.find((at) => at.node.index === node)
  const srlbOf = (node: number): readonly LabelRange[] => {
    const own = nodeAt(graph, node).record?.srlb ?? []
    return own.length > 0 ? own : (intents.network?.spec.srlb ?? [])
  }
  const name = (node: number): string => nodeName(nodeAt(graph, node))
  return {
    msdOf: (node) => msdOfNode(nodeAt(graph, node), managedAt(node), intents),
    whyNot: (node) => {
      if (managedAt(node) === undefined) return `${name(node)} has no Device intent, and so cannot be given a policy`
      return srlbOf(node).length > 0
        ? undefined
        : `${name(node)} advertises no SRLB, and the Network intent gives it none (spec.srlb)`
    },
    bindingSid: (piece, nodes) => {
      const common = nodes.map(srlbOf).reduce(intersection)
      const label = bindings.labelFor(bindingOwner(steering, piece), labelsOf(common))
      if (label !== undefined) return label
      return { why: `no label of the SRLB is free on ${nodes.map(name).join(' and ')} together` }
    },
  }
}

function intersection(a: readonly LabelRange[], b: readonly LabelRange[]): readonly LabelRange[] {
  return a.flatMap((one) =>
    b.flatMap((other) => {
      const first = Math.max(one.first, other.first)
      const size = Math.min(one.first + one.size, other.first + other.size) - first
      return size > 0 ? [{ first, size }] : []
    }),
  )
}

function* labelsOf(ranges: readonly LabelRange[]): Generator<number> {
  for (const { first, size } of ranges) for (let label = first; label < first + size; label += 1) yield label
}

/** The policies behind the binding-SIDs of a Steering's stack; the last piece is applied first. */
export function bindingPolicies(
  one: Steered,
  graph: Graph,
  managed: ReadonlyMap<number, ManagedNode>,
): SrPolicyElement[] {
  const { pieces } = one.chosen
  return pieces.flatMap((piece, i) => {
    const { bindingSid } = piece
    if (bindingSid === undefined) return []
    return piece.nodes.flatMap((node): SrPolicyElement[] => {
      const at = managed.get(node)
      if (at === undefined) return []
      return [policyOf(one, piece, i, at, graph, bindingSid)]
    })
  })
}

function policyOf(
  one: Steered,
  piece: Piece,
  number: number,
  at: ManagedNode,
  graph: Graph,
  bindingSid: number,
): SrPolicyElement {
  const { chain, steering, address, chosen } = one
  const color = BINDING_COLORS + bindingSid
  const rest = chosen.pieces.length - 1 - number
  const services = chosen.stack.entries.slice(piece.from).flatMap(({ sid }) => sid.service ?? [])
  const name = nodeName(at.node)
  return {
    kind: 'sr-policy',
    id: `sr-policy:${at.device.name}:${color}:${address}`,
    device: at.device.name,
    step: STEPS.bindingPolicy + rest,
    reason: {
      text: `${name} pushes the last ${chosen.stack.entries.length - piece.from} labels of ${chain.name} for ${steering.spec.headend}, whose MSD is too small for all ${chosen.stack.entries.length}: binding-SID ${bindingSid}`,
      intents: [referenceOf(steering), referenceOf(chain)],
    },
    headend: at.node.id,
    color,
    endpoint: address,
    name: `${chain.name}-${steering.spec.color}-${number}`,
    chain: chain.name,
    services,
    bindingSid,
    bindingFor: [`sr-policy:${policyKey(one)}`],
    candidatePaths: [
      {
        name: chain.name,
        preference: 100,
        segmentLists: [{ weight: 1, segments: segmentsOfPiece(one, number, graph), cost: chosen.stack.cost, hops: [] }],
      },
    ],
    rejected: [],
  }
}
