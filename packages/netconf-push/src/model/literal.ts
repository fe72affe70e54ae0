import { type Claim, type DataNode, leafNode } from './data-node.js'
import { type ContainerSchema, childSchema, type ListSchema, type SchemaNode } from './schema.js'

/**
 * Configuration written down as it looks: names and what is below them. A text is the value of a leaf,
 * `true` a leaf of type empty, `undefined` nothing at all; several values are a leaf-list or a list.
 */
export interface Literal {
  readonly [name: string]: LiteralValue
}
export type LiteralValue =
  | string
  | true
  | undefined
  | Literal
  | ClaimedLiteral
  | readonly string[]
  | readonly (Literal | ClaimedLiteral)[]

/** A container or list entry that says more than its content: whose it is, what else may be below it. */
export class ClaimedLiteral {
  readonly claim: Claim
  readonly content: Literal

  constructor(claim: Claim, content: Literal) {
    this.claim = claim
    this.content = content
  }
}

export function claimed(claim: Claim, content: Literal): ClaimedLiteral {
  return new ClaimedLiteral(claim, content)
}

/**
 * The nodes that a literal stands for, below one top-level container.
 *
 * @throws {Error} a defect of the dialect: a name that the schema lacks, a list entry without its key.
 */
export function fromLiteral(schema: ContainerSchema, content: Literal): DataNode {
  return interiorOf(schema, content)
}

function interiorOf(schema: ContainerSchema | ListSchema, value: Literal | ClaimedLiteral): DataNode {
  const { claim, content } = value instanceof ClaimedLiteral ? value : { claim: {}, content: value }
  const children = Object.entries(content).flatMap(([name, below]) => nodesOf(childSchema(schema, name), below))
  if (schema.kind === 'list') {
    for (const key of schema.keys) {
      if (children.some((child) => child.schema.name === key)) continue
      throw new Error(`${schema.name} lacks its key ${key}`)
    }
  }
  return { schema, children, ...claim }
}

function nodesOf(schema: SchemaNode, value: LiteralValue): DataNode[] {
  if (value === undefined) return []
  const values: readonly (string | true | Literal | ClaimedLiteral)[] = isMany(value) ? value : [value]
  return values.map((one) => {
    if (schema.kind === 'leaf' || schema.kind === 'leaf-list') {
      if (one === true) return leafNode(schema, '')
      if (typeof one === 'string') return leafNode(schema, one)
    } else if (one !== true && typeof one !== 'string') {
      return interiorOf(schema, one)
    }
    throw new Error(`${schema.name} is a ${schema.kind}, and the dialect says something else in it`)
  })
}

function isMany(value: LiteralValue): value is readonly string[] | readonly (Literal | ClaimedLiteral)[] {
  return Array.isArray(value)
}
