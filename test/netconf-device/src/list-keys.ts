import { ietf, type SchemaNode } from '@segchain/netconf-push'

/** Path of names → the keys of the list there; leaf-lists have the empty list of keys. */
export type ListKeys = ReadonlyMap<string, readonly string[]>

/** What the store must know of YANG: which nodes are lists, and their keys. */
export function listKeysOf(schemas: readonly SchemaNode[]): ListKeys {
  const keys = new Map<string, readonly string[]>()
  const walk = (node: SchemaNode, parent: string): void => {
    const path = `${parent}/${node.name}`
    if (node.kind === 'leaf-list') keys.set(path, [])
    if (node.kind === 'list') keys.set(path, node.keys)
    if (node.kind === 'list' || node.kind === 'container') for (const child of node.children) walk(child, path)
  }
  for (const schema of schemas) walk(schema, '')
  return keys
}

export const ietfListKeys = listKeysOf(ietf.schema)
