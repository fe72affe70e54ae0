import type { Column } from './column.js'
import { field, right, wide } from './column.js'

export const resultColumns: Readonly<Record<string, readonly Column[]>> = {
  change: [
    field('device'),
    field('operation'),
    field('path'),
    field('before'),
    field('after'),
    field('element', 'wanted by', wide),
  ],
  transaction: [field('persistId', 'transaction'), field('state'), field('deadline')],
  'device-result': [
    field('device'),
    field('status'),
    field('changes', 'changes', right),
    field('verified'),
    { title: 'error', value: (record) => (record.error as { message?: string } | undefined)?.message },
    field('commitMode', 'commit', wide),
    field('durationMs', 'ms', { ...right, ...wide }),
  ],
}
