import type { ErrorLocation } from '@segchain/records'
import { type Document, isMap, isNode, isScalar, type LineCounter } from 'yaml'

export type Path = readonly (string | number)[]

/** Where things stand in a YAML document: paths of the value to lines of the file. */
export class Source {
  readonly file: string
  readonly #document: Document
  readonly #lines: LineCounter
  /** By path: the plan asks for the same ones each time. */
  readonly #offsets = new Map<string, number>()

  constructor(file: string, document: Document, lines: LineCounter) {
    this.file = file
    this.#document = document
    this.#lines = lines
  }

  /** Of a value; of what surrounds it, where the value is not there. */
  at(path: Path): Required<Pick<ErrorLocation, 'file' | 'line' | 'column'>> & Pick<ErrorLocation, 'path'> {
    return { ...this.#place(this.#offset(path)), ...(path.length === 0 ? {} : { path: formatPath(path) }) }
  }

  /** Of a field's name rather than its value. */
  atKey(path: Path, key: string): ErrorLocation {
    const map = this.#document.getIn(path, true)
    const pair = isMap(map) ? map.items.find((item) => isScalar(item.key) && String(item.key.value) === key) : undefined
    const offset = isNode(pair?.key) ? pair.key.range?.[0] : undefined
    return { ...this.#place(offset ?? this.#offset(path)), path: formatPath([...path, key]) }
  }

  #offset(path: Path): number {
    const key = JSON.stringify(path)
    const offset = this.#offsets.get(key) ?? this.#findOffset(path)
    this.#offsets.set(key, offset)
    return offset
  }

  #findOffset(path: Path): number {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = length === 0 ? this.#document.contents : this.#document.getIn(path.slice(0, length), true)
      if (isNode(node) && node.range) return node.range[0]
    }
    return this.#document.range?.[0] ?? 0
  }

  #place(offset: number): { file: string; line: number; column: number } {
    const { line, col } = this.#lines.linePos(offset)
    return { file: this.file, line: Math.max(1, line), column: Math.max(1, col) }
  }
}

/** `spec.services[0]`. */
export function formatPath(path: Path): string {
  return path
    .map((part, i) => (typeof part === 'number' || /^\d+$/.test(part) ? `[${part}]` : i === 0 ? part : `.${part}`))
    .join('')
}

/** A JSON Pointer (RFC 6901) as path. */
export function pathOfPointer(pointer: string): string[] {
  if (pointer === '') return []
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}
