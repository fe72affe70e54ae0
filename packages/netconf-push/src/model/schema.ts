/**
 * As much of a YANG module as is needed to read, compare and write the part of a configuration that
 * is ours. What a schema does not have is invisible: never read, never changed.
 */
export type SchemaNode = ContainerSchema | ListSchema | LeafSchema
export type LeafSchema = SingleLeafSchema | LeafListSchema

interface NodeBase {
  /** The YANG module that defines the node (RFC 7951 names). */
  readonly module: string
  readonly name: string
}

export interface ContainerSchema extends NodeBase {
  readonly kind: 'container'
  /** It means something even when it is empty (RFC 7950 §7.5.1). */
  readonly presence: boolean
  readonly children: readonly SchemaNode[]
}

export interface ListSchema extends NodeBase {
  readonly kind: 'list'
  readonly keys: readonly string[]
  /** The order of the entries means something (RFC 7950 §7.7.7, `ordered-by user`). */
  readonly userOrdered: boolean
  readonly children: readonly SchemaNode[]
}

export interface SingleLeafSchema extends NodeBase {
  readonly kind: 'leaf'
  readonly type: LeafType
  /** The value that an absent leaf has (RFC 7950 §7.6.1): absent and default are the same thing. */
  readonly default?: string
}

export interface LeafListSchema extends NodeBase {
  readonly kind: 'leaf-list'
  readonly type: LeafType
  /** The order means something. */
  readonly userOrdered: boolean
}

/**
 * How a value is compared and written. An identityref is `module:identity` in memory (RFC 7951 §6.8)
 * and a QName in XML; `empty` has no value; `address` is compared without regard to letter case.
 */
export type LeafType = 'text' | 'identityref' | 'address' | 'empty'

/** The modules of a dialect: name → XML namespace. */
export type ModuleTable = Readonly<Record<string, string>>

/** Shorthands to write a schema down; `module` is inherited where it is not said. */
export function moduleBuilder(module: string) {
  return {
    container: (name: string, children: readonly SchemaNode[], presence = false): ContainerSchema => ({
      kind: 'container',
      module,
      name,
      presence,
      children,
    }),
    list: (
      name: string,
      keys: readonly string[],
      children: readonly SchemaNode[],
      userOrdered = false,
    ): ListSchema => ({
      kind: 'list',
      module,
      name,
      keys,
      userOrdered,
      children,
    }),
    leaf: (name: string, options: { type?: LeafType; default?: string } = {}): SingleLeafSchema => ({
      kind: 'leaf',
      module,
      name,
      type: options.type ?? 'text',
      ...(options.default === undefined ? {} : { default: options.default }),
    }),
    leafList: (name: string, options: { type?: LeafType; userOrdered?: boolean } = {}): LeafListSchema => ({
      kind: 'leaf-list',
      module,
      name,
      type: options.type ?? 'text',
      userOrdered: options.userOrdered ?? false,
    }),
  }
}

/** The child with this name. @throws {Error} a defect of the dialect: it names a node that its schema lacks. */
export function childSchema(parent: ContainerSchema | ListSchema, name: string): SchemaNode {
  const found = parent.children.find((child) => child.name === name)
  if (found === undefined) throw new Error(`the schema of ${parent.module}:${parent.name} has no ${name}`)
  return found
}
