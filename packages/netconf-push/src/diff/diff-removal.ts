import { comparableValue, type DataNode, identityOf, summaryOf } from '../model/data-node.js'
import { pathStep } from '../model/path.js'
import type { TreeDiff } from './diff-trees.js'
import type { Leftover } from './leftovers.js'
import { isNotDefault, keysOf, withKeysOnly } from './node-parts.js'

/**
 * What has to go of a configuration so that nothing of the leftovers is in it. Only what is as it was
 * written: a leaf with another value has been taken over by somebody, and stays with what it is in; a
 * list entry that holds more than we have written loses ours only.
 */
export function diffRemoval(actual: readonly DataNode[], leftover: readonly Leftover[]): TreeDiff {
  return removeSiblings(actual, leftover, '', undefined)
}

function removeSiblings(
  actual: readonly DataNode[],
  leftover: readonly Leftover[],
  path: string,
  module: string | undefined,
): TreeDiff {
  const there = new Map(actual.map((node) => [identityOf(node), node]))
  const parts = leftover.flatMap((one) => {
    const node = there.get(identityOf(one.node))
    return node === undefined ? [] : [remove(node, one, path, module)]
  })
  return {
    differences: parts.flatMap((part) => part.differences),
    edit: parts.flatMap((part) => part.edit),
    undo: parts.flatMap((part) => part.undo),
  }
}

function remove(actual: DataNode, { node, whole, children }: Leftover, outer: string, module: string | undefined) {
  const path = outer + pathStep(node, module)
  if (whole && isAsWritten(actual, node)) {
    const by = node.element === undefined ? {} : { element: node.element }
    return {
      differences: [{ operation: 'delete' as const, path, before: summaryOf(actual), ...by }],
      edit: [{ ...withKeysOnly(actual), operation: 'delete' as const }],
      undo: [actual],
    }
  }
  if (children.length === 0 || (whole && isTakenOver(actual, node))) return nothing
  const below = removeSiblings(actual.children, children, path, node.schema.module)
  if (below.edit.length === 0) return nothing
  const keys = keysOf(actual)
  return {
    differences: below.differences,
    edit: [{ ...actual, children: [...keys, ...below.edit] }],
    undo: [{ ...actual, children: [...keys, ...below.undo] }],
  }
}

const nothing: TreeDiff = { differences: [], edit: [], undo: [] }

/** Nothing is in it but what we have written. */
function isAsWritten(actual: DataNode, written: DataNode): boolean {
  if (actual.value !== undefined || written.value !== undefined)
    return comparableValue(actual) === comparableValue(written)
  const ours = new Map(written.children.map((child) => [identityOf(child), child]))
  return actual.children.every((child) => {
    const mine = ours.get(identityOf(child))
    return mine === undefined ? !isNotDefault(child) : isAsWritten(child, mine)
  })
}

/** A leaf of ours has another value. */
function isTakenOver(actual: DataNode, written: DataNode): boolean {
  const theirs = new Map(actual.children.map((child) => [identityOf(child), child]))
  return written.children.some((child) => {
    const other = theirs.get(identityOf(child))
    return child.schema.kind === 'leaf' && other !== undefined && comparableValue(other) !== comparableValue(child)
  })
}
