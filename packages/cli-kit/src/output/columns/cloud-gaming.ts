import type { RenderedRecord } from '../renderer.js'
import { type Column, field, right, wide } from './column.js'

/** `address port`, as far as the record has them. */
function end(title: string, name: 'source' | 'destination'): Column {
  const value = (record: RenderedRecord) => `${record[`${name}Address`]} ${record[`${name}Port`]}`
  return { title, value }
}

function feature(title: string, direction: 'forward' | 'backward', name: string): Column {
  const value = (record: RenderedRecord) => (record[direction] as Record<string, unknown> | undefined)?.[name]
  return { title, value, ...right }
}

const ends = [end('source', 'source'), end('destination', 'destination')]
const start = field('windowStartNs', 'start (ns)', wide)
const session = field('sessionId', 'session', wide)

export const cloudGamingColumns: Readonly<Record<string, readonly Column[]>> = {
  report: [
    ...ends,
    start,
    feature('packets', 'forward', 'packets'),
    feature('bytes', 'forward', 'bytes'),
    feature('packets back', 'backward', 'packets'),
    feature('bytes back', 'backward', 'bytes'),
    session,
    field('sequence', 'sequence', { ...right, ...wide }),
  ],
  classification: [...ends, field('class'), field('score', 'score', right), start, session],
  verdict: [
    ...ends,
    field('class'),
    field('confidence', 'confidence', right),
    field('windowsOfClass', 'cloud-gaming windows', right),
    field('windows', 'of', right),
    field('protocol', 'protocol', { ...right, ...wide }),
    session,
    field('service', 'service', wide),
    field('id', 'id', wide),
  ],
}
