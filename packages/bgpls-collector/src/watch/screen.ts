import { styleText } from 'node:util'
import type { TopologyRecord } from '@segchain/records'
import { cellsOf, type NameOf, TITLES, VIEWS, type View } from './tables.js'

/** A session as the screen shows it. */
export interface WatchedSession {
  readonly peer: string
  readonly state: string
  /** How long it has been so, as text: `3m12s`. */
  readonly since: string
  readonly objects: number
  readonly why: string
}

/** All that a picture is made of. Pure: no clock, no terminal. */
export interface Picture {
  readonly columns: number
  readonly rows: number
  readonly colour: boolean
  readonly counts: Readonly<Record<string, number>>
  readonly sessions: readonly WatchedSession[]
  readonly view: View
  /** Of the view, in the order in which they are shown. */
  readonly records: readonly TopologyRecord[]
  /** The first record that is shown. */
  readonly offset: number
  readonly nameOf: NameOf
  /** Whether it changed lately. */
  readonly fresh: (id: string) => boolean
  readonly message: string
}

type Style = 'bold' | 'dim' | 'green' | 'red' | 'inverse'

const MAX_SESSIONS = 8
/** Title, blank, sessions' head, blank, tabs, table head, last line. */
const FIXED_ROWS = 7

/** How many records fit below the sessions. */
export function roomOf({ rows, sessions }: Pick<Picture, 'rows' | 'sessions'>): number {
  return Math.max(0, rows - FIXED_ROWS - Math.max(1, Math.min(sessions.length, MAX_SESSIONS)))
}

/** The lines of the screen: never more than `rows`, never wider than `columns`. */
export function draw(picture: Picture): string[] {
  const { columns, rows, sessions, view, records, offset, counts, message } = picture
  const paint = (style: Style, line: string) =>
    picture.colour ? styleText(style, line, { validateStream: false }) : line
  const fit = (line: string) => cut(line, columns)
  const up = sessions.filter(({ state }) => state === 'up').length
  const title = [`${up} of ${sessions.length} sessions up`, ...VIEWS.map((one) => `${counts[one] ?? 0} ${one}`)].join(
    ', ',
  )
  const shown = records.slice(offset, offset + roomOf(picture))
  const tabs = VIEWS.map((one) => (one === view ? `[${one}]` : ` ${one} `)).join(' ')
  const table = aligned([TITLES[view], ...shown.map((record) => cellsOf(record, picture.nameOf))])
  const sessionTable = aligned([
    ['PEER', 'STATE', 'SINCE', 'OBJECTS', 'WHY'],
    ...sessions.slice(0, MAX_SESSIONS).map(sessionCells),
  ])
  const place = records.length === 0 ? 'nothing yet' : `${offset + 1}-${offset + shown.length} of ${records.length}`
  const help = 'tab: next table  ↑ ↓ page: scroll  q: end'
  const lines = [
    paint('bold', fit(title)),
    '',
    paint('dim', fit(sessionTable[0] ?? '')),
    ...(sessions.length === 0 ? [fit('no session yet')] : []),
    ...sessions.slice(0, MAX_SESSIONS).map(({ state }, row) => {
      const line = fit(sessionTable[row + 1] ?? '')
      return state === 'up' ? line : paint('red', line)
    }),
    '',
    paint('bold', fit(`${tabs}   ${place}`)),
    paint('dim', fit(table[0] ?? '')),
    ...shown.map((record, row) => {
      const line = fit(table[row + 1] ?? '')
      return picture.fresh(record.id) ? paint('green', line) : line
    }),
  ]
  while (lines.length < rows - 1) lines.push('')
  return [...lines.slice(0, Math.max(0, rows - 1)), paint('dim', fit(message === '' ? help : plain(message)))].slice(
    0,
    rows,
  )
}

function sessionCells({ peer, state, since, objects, why }: WatchedSession): readonly string[] {
  return [peer, state, since, String(objects), why]
}

function aligned(table: readonly (readonly string[])[]): string[] {
  const widths: number[] = []
  const clean = table.map((row) => row.map(plain))
  for (const row of clean)
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, [...cell].length)
  return clean.map((row) =>
    row
      .map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - [...cell].length))
      .join('  ')
      .trimEnd(),
  )
}

/** Names come from the network: nothing in one may move the cursor or turn the writing round. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd')
}

function cut(line: string, columns: number): string {
  const characters = [...line]
  return characters.length <= columns ? line : `${characters.slice(0, Math.max(0, columns - 1)).join('')}…`
}
