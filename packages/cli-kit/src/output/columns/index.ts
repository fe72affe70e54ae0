import type { RenderedRecord } from '../renderer.js'
import { cloudGamingColumns } from './cloud-gaming.js'
import { type Column, field } from './column.js'
import { planColumns } from './plan.js'
import { proxyColumns } from './proxy.js'
import { resultColumns } from './result.js'
import { setupColumns } from './setup.js'
import { topologyColumns } from './topology.js'

const known: Readonly<Record<string, readonly Column[]>> = {
  ...topologyColumns,
  ...planColumns,
  ...resultColumns,
  ...proxyColumns,
  ...cloudGamingColumns,
  ...setupColumns,
  withdraw: [field('of', 'gone'), field('id')],
  error: [
    { title: 'error', value: (record) => (record.error as { message?: string } | undefined)?.message },
    field('id'),
  ],
}

/** The columns of a kind; of a kind without a list of its own, every field of the first record. */
export function columnsOf(record: RenderedRecord, all: boolean): readonly Column[] {
  const columns = Object.hasOwn(known, record.kind) ? known[record.kind] : undefined
  const list =
    columns ??
    Object.keys(record)
      .filter((name) => name !== 'kind')
      .map((name) => field(name))
  return all ? list : list.filter((column) => column.wide !== true)
}
