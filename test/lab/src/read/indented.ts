/** A line of text that is indented, and the lines that belong to it. */
export interface Block {
  readonly text: string
  readonly children: readonly Block[]
}

/** Text as a tree, by its indentation. */
export function blocksOf(text: string): Block[] {
  const top: Block[] = []
  const open: { indent: number; children: Block[] }[] = [{ indent: -1, children: top }]
  for (const line of text.split('\n')) {
    const indent = line.search(/\S/)
    if (indent < 0) continue
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop()
    const children: Block[] = []
    open.at(-1)?.children.push({ text: line.trim(), children })
    open.push({ indent, children })
  }
  return top
}

export function numbersIn(text: string): number[] {
  return (text.match(/\d+/g) ?? []).map(Number)
}

/** The hexadecimal number in a text. */
export function hex(text: string): string {
  return /0x[0-9a-f]+/i.exec(text)?.[0] ?? '0x0'
}

/** Positions of the bits that are set. */
export function bits(value: string): number[] {
  const word = BigInt(value)
  return Array.from({ length: 64 }, (_, i) => i).filter((i) => ((word >> BigInt(i)) & 1n) === 1n)
}

export function matchAll(text: string, pattern: RegExp): string[] {
  const found = pattern.exec(text)?.[1]
  return found === undefined ? [] : [found]
}
