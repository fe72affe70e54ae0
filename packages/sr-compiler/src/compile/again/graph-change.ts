import type { Graph, GraphLink, GraphNode } from '@segchain/path-engine'
import { canonicalJson } from '@segchain/records'

/** What is different between two graphs of the same nodes. */
export interface GraphChange {
  /** By link of the older graph: its number in the newer one, -1 where it is gone. */
  readonly numbers: Int32Array
  /** Links that are gone, or that say something else now, by number in the older graph. */
  readonly older: ReadonlySet<number>
  /** Links that are new, or that say something else now, by number in the newer graph. */
  readonly newer: ReadonlySet<number>
}

/** Undefined where the nodes are not the same ones: then nothing that is numbered can be kept. */
export function changeBetween(before: Graph, after: Graph): GraphChange | undefined {
  if (before.offsets === after.offsets) return changeOfSameShape(before, after)
  if (before.nodes.length !== after.nodes.length) return undefined
  if (!before.nodes.every((node, i) => isSameNode(node, after.nodes[i]))) return undefined
  const byId = new Map(after.links.map((link) => [link.record.id, link]))
  const numbers = new Int32Array(before.links.length).fill(-1)
  const older = new Set<number>()
  const newer = new Set(after.links.map((link) => link.index))
  for (const link of before.links) {
    const now = byId.get(link.record.id)
    if (now === undefined || now.from !== link.from || now.to !== link.to) {
      older.add(link.index)
      continue
    }
    numbers[link.index] = now.index
    if (isSameValue(link.record, now.record)) newer.delete(now.index)
    else older.add(link.index)
  }
  return { numbers, older, newer }
}

/** Of a graph that was built from the other one ({@link buildGraphAgain}). */
function changeOfSameShape(before: Graph, after: Graph): GraphChange {
  const changed = new Set<number>()
  const numbers = new Int32Array(before.links.length)
  for (let link = 0; link < numbers.length; link += 1) {
    numbers[link] = link
    if (!isSameValue(before.links[link]?.record, after.links[link]?.record)) changed.add(link)
  }
  return { numbers, older: changed, newer: changed }
}

/** The ends of a link as one text, either way round. */
export function endsOf({ from, to }: GraphLink): string {
  return from < to ? `${from}|${to}` : `${to}|${from}`
}

function isSameNode(before: GraphNode, after: GraphNode | undefined): boolean {
  return after !== undefined && before.id === after.id && isSameValue(before.record, after.record)
}

/** Records of a stream that goes on are mostly the same objects. */
export function isSameValue(before: unknown, after: unknown): boolean {
  if (before === after) return true
  if (before === undefined || after === undefined) return false
  return canonicalJson(before) === canonicalJson(after)
}

export function isSameList(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before === after || (before.length === after.length && before.every((one, i) => isSameValue(one, after[i])))
}
