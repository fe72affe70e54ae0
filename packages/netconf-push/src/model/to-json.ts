import type { DataNode } from './data-node.js'

/** RFC 7951, all leaves as strings but booleans and numbers up to 32 bits where `number` says so. */
export type JsonLeaf = (node: DataNode) => unknown

/** The JSON encoding of YANG data (RFC 7951), for `yanglint` and for people. */
export function toJson(nodes: readonly DataNode[], leaf: JsonLeaf = plainLeaf): Record<string, unknown> {
  return members(nodes, undefined, leaf)
}

function members(nodes: readonly DataNode[], outerModule: string | undefined, leaf: JsonLeaf): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const node of nodes) {
    const { module, name, kind } = node.schema
    const key = module === outerModule ? name : `${module}:${name}`
    const value = kind === 'leaf' || kind === 'leaf-list' ? leaf(node) : members(node.children, module, leaf)
    if (kind === 'list' || kind === 'leaf-list') {
      const entries = result[key]
      if (Array.isArray(entries)) entries.push(value)
      else result[key] = [value]
    } else result[key] = value
  }
  return result
}

/** RFC 7951 §6.1: numbers of up to 32 bits are JSON numbers, §6.9: an empty leaf is `[null]`. */
function plainLeaf(node: DataNode): unknown {
  const value = node.value ?? ''
  if (node.schema.kind === 'leaf' && node.schema.type === 'empty') return [null]
  if (value === 'true' || value === 'false') return value === 'true'
  return /^(0|[1-9][0-9]{0,9})$/.test(value) ? Number(value) : value
}
