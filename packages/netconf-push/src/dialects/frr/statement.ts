/** One line of an FRR configuration that is wanted, and where it stands. */
export interface Statement {
  /** The blocks around it, outermost first: `['router isis core', 'flex-algo 128']`. */
  readonly context: readonly string[]
  readonly line: string
  /** The words that it begins with and no other line of the block may: a different line is replaced. */
  readonly key: string
  /** The plan element that wants it. */
  readonly element: string
  /** The router's own traffic may need it as well: removing the element leaves it. */
  readonly shared?: true
  /** What ends a block that was made for this line, where FRR (8.4) has no `no BLOCK`. */
  readonly closing?: string
  /** For lines that FRR does not show when they say what is the default, or that say more than we want. */
  readonly adapt?: Adapt
}

/** From the line that is there with the same key: whether it will do, what to give, what puts it back. */
export type Adapt = (there: string | undefined) => {
  readonly same: boolean
  readonly line: string
  readonly undo: string
}

/** A block that is ours as a whole: lines in it that nobody wants go. */
export interface OwnedBlock {
  readonly context: readonly string[]
  readonly element: string
}

export interface FrrExpression {
  readonly statements: readonly Statement[]
  readonly owned?: readonly OwnedBlock[]
}
