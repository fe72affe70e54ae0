import { type Column, field } from './column.js'

export const setupColumns: Readonly<Record<string, readonly Column[]>> = {
  check: [field('outcome', ''), field('what'), field('detail', 'found'), field('hint', 'what to do')],
  setting: [
    field('command'),
    { title: 'flag', value: (record) => `--${String(record.flag)}` },
    { title: 'value', value: (record) => (record.values as readonly string[]).join(' ') },
    field('origin'),
    field('place'),
  ],
}
