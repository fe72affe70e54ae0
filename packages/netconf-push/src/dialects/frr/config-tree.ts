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
  for (const line of context) block = block?.children.find((child) => child.line === line)
  return block
}
