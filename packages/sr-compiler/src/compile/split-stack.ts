import type { BindingLabel, LabelNetwork } from '@segchain/path-engine'
import type { Stack, StackEntry } from './stack.js'

/** A part of a stack, and who pushes it. */
export interface Piece {
  /** The headend alone; for the others every node where the segment before may end, also after a failure. */
  readonly nodes: readonly number[]
  /** Position of its first label in the whole stack. */
  readonly from: number
  readonly entries: readonly StackEntry[]
  /** The label that stands for this piece in the piece before; absent for the headend's. */
  readonly bindingSid?: number
  /** What is pushed: the labels of the entries, and the binding-SID of the next piece. */
  readonly labels: readonly number[]
}

export interface Splitter {
  /** Labels that a node can push; undefined when nobody says. */
  readonly msdOf: (node: number) => number | undefined
  /** Why a node can hold no binding policy, or undefined. */
  readonly whyNot: (node: number) => string | undefined
  /** A label that is free on all these nodes, the same for the same piece every time; or why there is none. */
  readonly bindingSid: (piece: number, nodes: readonly number[]) => number | { readonly why: string }
}

export type Split = { readonly pieces: readonly Piece[] } | { readonly why: string }

/** More pieces than this are a sign of a headend that cannot do segment routing. */
const MAX_PIECES = 4

/**
 * The stack in as few pieces as the MSDs allow (RFC 8402 §5): each node pushes as much as it can, the last label being
 * the binding-SID of a policy where the segment above it ends.
 */
export function splitStack(network: LabelNetwork, headend: number, stack: Stack, splitter: Splitter): Split {
  const reasons = new Set<string>()
  const cuts = cutsFrom(network, [headend], 0, stack, splitter, MAX_PIECES, reasons)
  if (cuts === undefined) return { why: [...reasons].slice(0, 4).join('; ') }
  const bounds = [0, ...cuts, stack.entries.length]
  const pieces: Piece[] = []
  // From the last to the first: a piece ends in the binding-SID of the one behind it.
  for (let piece = bounds.length - 2; piece >= 0; piece -= 1) {
    const from = bounds[piece] as number
    const entries = stack.entries.slice(from, bounds[piece + 1])
    const nodes = piece === 0 ? [headend] : holdersOf(network, stack, from)
    const next = pieces[0]?.bindingSid
    const labels = [...entries.map((entry) => entry.label), ...(next === undefined ? [] : [next])]
    const bindingSid = piece === 0 ? undefined : splitter.bindingSid(piece, nodes)
    if (typeof bindingSid === 'object') return bindingSid
    pieces.unshift({ nodes, from, entries, labels, ...(bindingSid === undefined ? {} : { bindingSid }) })
  }
  return { pieces }
}

/** Where the stack is cut after `from`; the longest first pieces first. */
function cutsFrom(
  network: LabelNetwork,
  nodes: readonly number[],
  from: number,
  stack: Stack,
  splitter: Splitter,
  left: number,
  reasons: Set<string>,
): readonly number[] | undefined {
  const most = Math.min(...nodes.map((node) => splitter.msdOf(node) ?? Number.POSITIVE_INFINITY))
  const rest = stack.entries.length - from
  if (rest <= most) return []
  if (left <= 1) {
    reasons.add(`more than ${MAX_PIECES} pieces would be needed`)
    return undefined
  }
  if (most < 2) reasons.add('a node that pushes one label cannot add a binding-SID to it')
  for (let cut = from + Math.min(rest, most) - 1; cut > from; cut -= 1) {
    const holders = holdersOf(network, stack, cut)
    const why = holders.map(splitter.whyNot).find((reason) => reason !== undefined)
    if (why !== undefined) {
      reasons.add(why)
      continue
    }
    const cuts = cutsFrom(network, holders, cut, stack, splitter, left - 1, reasons)
    if (cuts !== undefined) return [cut, ...cuts]
  }
  return undefined
}

/** Everybody who may end the segment before the cut: the packet shows its binding-SID there. */
function holdersOf(network: LabelNetwork, stack: Stack, cut: number): readonly number[] {
  const before = stack.entries[cut - 1]
  const sinks = before === undefined ? [] : [...(network.routes(before.sid)?.sinks.keys() ?? [])]
  return sinks.sort((a, b) => a - b)
}

/** The binding-SIDs of a split as the network will have them. */
export function bindingLabels(pieces: readonly Piece[]): BindingLabel[] {
  return pieces.flatMap(({ nodes, bindingSid, labels }) =>
    bindingSid === undefined ? [] : nodes.map((node) => ({ node, label: bindingSid, push: labels })),
  )
}
