import { SegchainError } from '@segchain/records'
import { canonicalValue, comparableValue, type DataNode, identityOf, summaryOf } from '../model/data-node.js'
import type { EditNode } from '../model/index.js'
import { pathStep } from '../model/path.js'
import { isNotDefault, keysOf, withKeysOnly } from './node-parts.js'

export interface Difference {
  readonly operation: 'create' | 'replace' | 'delete'
  /** Instance-identifier. */
  readonly path: string
  readonly before?: string
  readonly after?: string
  /** The plan element that wants it. */
  readonly element?: string
}

export interface TreeDiff {
  readonly differences: readonly Difference[]
  /** What to send to make the device have what is wanted; empty when nothing differs. */
  readonly edit: readonly EditNode[]
  /** What to send to put back what was there, once `edit` is in force. */
  readonly undo: readonly EditNode[]
}

interface Place {
  readonly path: string
  readonly module: string | undefined
  readonly element: string | undefined
  /** What is there and not wanted goes. */
  readonly exact: boolean
}

/**
 * Compares what a device has with what is wanted. Nodes that nobody wants are left alone, except
 * below nodes that are wanted `exact`.
 *
 * @throws {SegchainError} category `rejected`, code `INSTANCE_MISSING`: a node that must be there already is not.
 */
export function diffTrees(actual: readonly DataNode[], wanted: readonly DataNode[]): TreeDiff {
  return diffSiblings(actual, wanted, { path: '', module: undefined, element: undefined, exact: false })
}

function diffSiblings(actual: readonly DataNode[], wanted: readonly DataNode[], place: Place): TreeDiff {
  const there = new Map(actual.filter(isNotDefault).map((node) => [identityOf(node), node]))
  const differences: Difference[] = []
  const edit: EditNode[] = []
  const undo: EditNode[] = []
  for (const node of wanted) {
    const identity = identityOf(node)
    const part = diffNode(there.get(identity), node, place)
    there.delete(identity)
    // One by one: a call takes no more arguments than its stack holds.
    for (const difference of part.differences) differences.push(difference)
    edit.push(...part.edit)
    undo.push(...part.undo)
  }
  if (place.exact) {
    for (const node of there.values()) {
      differences.push(deletion(node, place))
      edit.push({ ...withKeysOnly(node), operation: 'delete' })
      undo.push(node)
    }
  }
  return { differences, edit, undo }
}

function diffNode(actual: DataNode | undefined, wanted: DataNode, place: Place): TreeDiff {
  const path = place.path + pathStep(wanted, place.module)
  const element = wanted.element ?? place.element
  const by = element === undefined ? {} : { element }
  if (!isNotDefault(wanted)) {
    // The default is wanted, and something else is there.
    if (actual === undefined) return nothing
    return {
      differences: [
        { operation: 'replace', path, before: canonicalValue(actual), after: canonicalValue(wanted), ...by },
      ],
      edit: [wanted],
      undo: [actual],
    }
  }
  if (actual === undefined) return creation(wanted, place)
  if (wanted.schema.kind === 'leaf' || wanted.schema.kind === 'leaf-list') {
    if (comparableValue(actual) === comparableValue(wanted)) return nothing
    const [before, after] = [canonicalValue(actual), canonicalValue(wanted)]
    return { differences: [{ operation: 'replace', path, before, after, ...by }], edit: [wanted], undo: [actual] }
  }
  const exact = wanted.exact === true || place.exact
  if (exact && orderDiffers(actual.children, wanted.children)) {
    return {
      differences: [{ operation: 'replace', path, before: summaryOf(actual), after: summaryOf(wanted), ...by }],
      edit: [{ ...wanted, operation: 'replace' }],
      undo: [{ ...actual, operation: 'replace' }],
    }
  }
  const below = diffSiblings(actual.children, wanted.children, { path, module: wanted.schema.module, element, exact })
  if (below.edit.length === 0) return nothing
  return {
    differences: below.differences,
    edit: [{ ...wanted, children: [...keysOf(wanted), ...below.edit] }],
    undo: [{ ...wanted, children: [...keysOf(wanted), ...below.undo] }],
  }
}

const nothing: TreeDiff = { differences: [], edit: [], undo: [] }

/** New containers are told by what is in them; new list entries and leaves as such. */
function creation(wanted: DataNode, place: Place): TreeDiff {
  const path = place.path + pathStep(wanted, place.module)
  if (wanted.foreign === true) throw notThere(path)
  const element = wanted.element ?? place.element
  if (wanted.schema.kind === 'container' && !wanted.schema.presence) {
    const below = diffSiblings([], wanted.children, { path, module: wanted.schema.module, element, exact: false })
    if (below.edit.length === 0) return nothing
    return { differences: below.differences, edit: [wanted], undo: [{ ...wanted, children: below.undo }] }
  }
  const by = element === undefined ? {} : { element }
  return {
    differences: [{ operation: 'create', path, after: summaryOf(wanted), ...by }],
    edit: [wanted],
    undo: [{ ...withKeysOnly(wanted), operation: 'delete' }],
  }
}

function notThere(path: string): SegchainError {
  return new SegchainError({
    category: 'rejected',
    code: 'INSTANCE_MISSING',
    message: `the device has no ${path}, which the plan adds to and does not make`,
    hint: 'configure it, or correct igpInstance in the Device intent',
    where: { path },
  })
}

function deletion(node: DataNode, place: Place): Difference {
  const by = place.element === undefined ? {} : { element: place.element }
  return { operation: 'delete', path: place.path + pathStep(node, place.module), before: summaryOf(node), ...by }
}

/** Entries of a list ordered by the user: any difference in the sequence. */
function orderDiffers(actual: readonly DataNode[], wanted: readonly DataNode[]): boolean {
  const sequence = (nodes: readonly DataNode[]): string =>
    nodes
      .filter(({ schema }) => (schema.kind === 'list' || schema.kind === 'leaf-list') && schema.userOrdered === true)
      .map(identityOf)
      .join('\n')
  return sequence(actual) !== sequence(wanted)
}
