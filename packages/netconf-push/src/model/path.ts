import { canonicalValue, type DataNode, keyValue } from './data-node.js'

/** One step of an instance-identifier (RFC 7951 §6.11: the module's name where it changes). */
export function pathStep(node: DataNode, outerModule: string | undefined): string {
  const { schema } = node
  const name = schema.module === outerModule ? schema.name : `${schema.module}:${schema.name}`
  if (schema.kind === 'leaf-list') return `/${name}[.=${quote(canonicalValue(node))}]`
  if (schema.kind !== 'list') return `/${name}`
  return `/${name}${schema.keys.map((key) => `[${key}=${quote(keyValue(node, key))}]`).join('')}`
}

function quote(value: string): string {
  return value.includes("'") ? `"${value}"` : `'${value}'`
}
