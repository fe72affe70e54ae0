/** A line of `show running-config` and the lines inside of it. */
export interface ConfigBlock {
  readonly line: string
  readonly children: readonly ConfigBlock[]
}

interface OpenBlock extends ConfigBlock {
  readonly indent: number
  readonly children: OpenBlock[]
}

/** FRR indents what is inside of a block by one space; `exit`, `!` and the frame of the output are no configuration. */
export function parseConfig(text: string): ConfigBlock {
  const root: OpenBlock = { line: '', indent: -1, children: [] }
  const open: OpenBlock[] = [root]
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim().replace(/\s+/g, ' ')
    if (line === '' || line === '!' || line === 'end' || line === 'exit' || /^exit-[a-z-]+$/.test(line)) continue
    const indent = raw.length - raw.trimStart().length
    while (open.length > 1 && (open.at(-1)?.indent ?? -1) >= indent) open.pop()
    const block: OpenBlock = { line, indent, children: [] }
    open.at(-1)?.children.push(block)
    open.push(block)
  }
  return root
}

/** The block with this path of lines. */
export function blockAt(root: ConfigBlock, context: readonly string[]): ConfigBlock | undefined {
  let block: ConfigBlock | undefined = root
  for (const line of context) block = block === undefined ? undefined : lineOf(block, line)
  return block
}

/** The first line of the block that is this one. */
export function lineOf(block: ConfigBlock, line: string): ConfigBlock | undefined {
  return indexOf(block).whole.get(line)
}

/** The first line of the block that begins with these words. */
export function lineWith(block: ConfigBlock, words: string): ConfigBlock | undefined {
  return indexOf(block).beginning.get(words)
}

interface LineIndex {
  readonly whole: ReadonlyMap<string, ConfigBlock>
  /** By each number of words that a line begins with. */
  readonly beginning: ReadonlyMap<string, ConfigBlock>
}

/** `router isis` has a line for each prefix-SID: looked through for each of them, thousands would take minutes. */
const indexes = new WeakMap<ConfigBlock, LineIndex>()

function indexOf(block: ConfigBlock): LineIndex {
  const there = indexes.get(block)
  if (there !== undefined) return there
  const whole = new Map<string, ConfigBlock>()
  const beginning = new Map<string, ConfigBlock>()
  for (const child of block.children) {
    if (!whole.has(child.line)) whole.set(child.line, child)
    for (let end = child.line.indexOf(' '); ; end = child.line.indexOf(' ', end + 1)) {
      const words = end < 0 ? child.line : child.line.slice(0, end)
      if (!beginning.has(words)) beginning.set(words, child)
      if (end < 0) break
    }
  }
  const index = { whole, beginning }
  indexes.set(block, index)
  return index
}
