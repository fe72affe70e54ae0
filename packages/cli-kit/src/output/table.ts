import { styleText } from 'node:util'
import stringWidth from 'string-width'
import { cellText } from './cell.js'
import type { Column } from './columns/column.js'
import { columnsOf } from './columns/index.js'
import type { RenderedRecord, Renderer } from './renderer.js'

export interface TableOptions {
  /** All columns. */
  readonly wide: boolean
  readonly colour: boolean
  /** Columns of the terminal; without it, lines are as long as they are. */
  readonly width?: number
}

/** The last column is broken into lines only where this much is left for it. */
const LEAST = 16

/**
 * A table for each kind of record, in the order in which the kinds first came. Everything up to
 * `sync` is one picture; what follows (changes) is shown as it comes.
 */
export function tableRenderer(options: TableOptions): Renderer {
  let groups = new Map<string, RenderedRecord[]>()
  let live = false
  const flush = (): string => {
    const text = [...groups].map(([kind, records]) => table(kind, records, options)).join('\n')
    groups = new Map()
    return text
  }
  return {
    record(record) {
      if (record.kind === 'header') return ''
      if (record.kind === 'sync') {
        live = true
        return flush()
      }
      if (record.kind === 'summary') return `${flush()}\n${summaryLine(record)}\n`
      if (live) return liveLine(record, options)
      const group = groups.get(record.kind)
      if (group === undefined) groups.set(record.kind, [record])
      else group.push(record)
      return ''
    },
    end: flush,
  }
}

function table(kind: string, records: readonly RenderedRecord[], options: TableOptions): string {
  const first = records[0]
  if (first === undefined) return ''
  const columns = columnsOf(first, options.wide)
  const rows = records.map((record) => columns.map((column) => cellText(column.value(record))))
  const used = columns.map((_, index) => rows.some((row) => row[index] !== ''))
  const kept = columns.filter((_, index) => used[index])
  const keptRows = rows.map((row) => row.filter((_, index) => used[index]))
  const widths = kept.map((column, index) =>
    keptRows.reduce((width, row) => Math.max(width, stringWidth(row[index] ?? '')), stringWidth(column.title)),
  )
  const title = `${kind} (${records.length})`
  const lines = [
    paint('bold', title, options.colour),
    paint(
      'dim',
      line(
        kept.map((column) => column.title),
        kept,
        widths,
      ),
      options.colour,
    ),
    ...keptRows.flatMap((row) => linesOf(row, kept, widths, options.width)),
  ]
  return `${lines.join('\n')}\n`
}

/** On a terminal that is too narrow, the last column goes on under itself, broken between words. */
function linesOf(
  cells: readonly string[],
  columns: readonly Column[],
  widths: readonly number[],
  width = Number.POSITIVE_INFINITY,
): string[] {
  const last = cells.length - 1
  const before = widths.slice(0, last).reduce((sum, one) => sum + one + 2, 0)
  const room = width - before
  if (columns[last]?.align === 'right' || room < LEAST) return [line(cells, columns, widths)]
  const [first = '', ...more] = broken(cells[last] ?? '', room)
  return [line([...cells.slice(0, last), first], columns, widths), ...more.map((text) => ' '.repeat(before) + text)]
}

function broken(text: string, room: number): string[] {
  const lines: string[] = []
  let current = ''
  for (const word of text.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`
    if (current === '' || stringWidth(longer) <= room) current = longer
    else {
      lines.push(current)
      current = word
    }
  }
  return [...lines, current]
}

function line(cells: readonly string[], columns: readonly Column[], widths: readonly number[]): string {
  return cells
    .map((cell, index) => {
      const space = ' '.repeat(Math.max(0, (widths[index] ?? 0) - stringWidth(cell)))
      return columns[index]?.align === 'right' ? space + cell : cell + space
    })
    .join('  ')
    .trimEnd()
}

function liveLine(record: RenderedRecord, options: TableOptions): string {
  const cells = columnsOf(record, options.wide).map((column) => {
    const text = cellText(column.value(record))
    return text === '' ? '' : `${column.title} ${text}`
  })
  return `${[record.kind, ...cells.filter((cell) => cell !== '')].join('  ')}\n`
}

function summaryLine(record: RenderedRecord): string {
  const counts = Object.entries((record.counts ?? {}) as Record<string, number>)
  return `${[...counts.map(([name, count]) => `${count} ${name}`), String(record.outcome)].join(', ')}`
}

function paint(style: 'bold' | 'dim', text: string, colour: boolean): string {
  return colour ? styleText(style, text, { validateStream: false }) : text
}
