import { type ContainerSchema, childSchema, type LeafSchema, type ListSchema, type SchemaNode } from './schema.js'

/**
 * A node of a configuration with the schema that explains it. On the wanted side it also says which
 * plan element wants it, and whether all that is below it is ours.
 */
export interface DataNode {
  readonly schema: SchemaNode
  readonly children: readonly DataNode[]
  /** Leaf and leaf-list entry. */
  readonly value?: string
  /** The id of the plan element. */
  readonly element?: string
  /** Everything below belongs to us: what is there and not wanted goes. */
  readonly exact?: boolean
  /** Must be there already, and is never made by us: an instance of the IGP. */
  readonly foreign?: boolean
}

export type Claim = Pick<DataNode, 'element' | 'exact' | 'foreign'>

/** What a dialect hands to {@link interior}: values by leaf name, nodes by themselves. */
export type Content = Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * A container or a list entry: leaves from their values, in the schema's order, then further nodes.
 *
 * @throws {Error} a defect of the dialect: an unknown leaf, a missing key.
 */
export function interior(
  schema: ContainerSchema | ListSchema,
  values: Content,
  nodes: readonly DataNode[] = [],
  claim: Claim = {},
): DataNode {
  const leaves = Object.entries(values).flatMap(([name, value]) => {
    const child = childSchema(schema, name)
    if (child.kind !== 'leaf' && child.kind !== 'leaf-list') throw new Error(`${name} of ${schema.name} is no leaf`)
    return value === undefined ? [] : [value].flat().map((one) => leafNode(child, one))
  })
  if (schema.kind === 'list') {
    for (const key of schema.keys) {
      if (!leaves.some((leaf) => leaf.schema.name === key)) throw new Error(`${schema.name} lacks its key ${key}`)
    }
  }
  return { schema, children: [...leaves, ...nodes], ...claim }
}

export function leafNode(schema: LeafSchema, value: string): DataNode {
  return { schema, children: [], value }
}

/** What tells a node from its siblings: nothing for a container or leaf, keys for a list entry. */
export function identityOf(node: DataNode): string {
  const name = `${node.schema.module}:${node.schema.name}`
  if (node.schema.kind === 'leaf-list') return JSON.stringify([name, comparableValue(node)])
  if (node.schema.kind !== 'list') return name
  const leaves = node.schema.keys.map((key) => node.children.find((child) => child.schema.name === key))
  return JSON.stringify([name, ...leaves.map((leaf) => (leaf === undefined ? '' : comparableValue(leaf)))])
}

/** @returns the empty string for a key that the device did not send. */
export function keyValue(node: DataNode, key: string): string {
  const leaf = node.children.find((child) => child.schema.name === key)
  return leaf === undefined ? '' : canonicalValue(leaf)
}

/**
 * What two values of a leaf are compared by. Devices write an IPv6 address in another form than they were given, and an
 * identity with another prefix or with none (which RFC 7950 §9.10.3 resolves to a module that has no such identity).
 */
export function comparableValue(node: DataNode): string {
  const value = node.value ?? ''
  if (node.schema.kind === 'container' || node.schema.kind === 'list') return value
  if (node.schema.type === 'identityref') return value.slice(value.lastIndexOf(':') + 1)
  return node.schema.type === 'address' ? comparableAddress(value) : value
}

function comparableAddress(text: string): string {
  const slash = text.indexOf('/')
  const address = slash < 0 ? text : text.slice(0, slash)
  if (!address.includes(':')) return text.toLowerCase()
  try {
    return new URL(`http://[${address}]`).hostname + (slash < 0 ? '' : text.slice(slash))
  } catch {
    // A zone, or a hexadecimal string.
    return text.toLowerCase()
  }
}

export function canonicalValue(node: DataNode): string {
  const value = node.value ?? ''
  return node.schema.kind !== 'container' && node.schema.kind !== 'list' && node.schema.type === 'address'
    ? value.toLowerCase()
    : value
}

/** Leaves and their values on one line, for people: `16000-23999`, `start-sid=101 …`. */
export function summaryOf(node: DataNode): string {
  if (node.schema.kind === 'leaf' || node.schema.kind === 'leaf-list') return canonicalValue(node)
  return node.children
    .map((child) => {
      if (child.children.length > 0) return `${child.schema.name}{${summaryOf(child)}}`
      return child.value === undefined || child.value === ''
        ? child.schema.name
        : `${child.schema.name}=${canonicalValue(child)}`
    })
    .join(' ')
}
