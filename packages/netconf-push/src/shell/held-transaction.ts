import { SegchainError, type StreamRecord } from '@segchain/records'
import type { HeldElsewhere } from './settle-elsewhere.js'

/** The transaction that a result stream of `apply --hold` ends with. */
export async function heldTransaction(
  records: AsyncIterable<StreamRecord<'segchain.result/1'>>,
): Promise<HeldElsewhere> {
  let held: HeldElsewhere | undefined
  for await (const record of records) {
    if (record.kind === 'transaction' && record.state === 'held') held = record
  }
  if (held !== undefined) return held
  throw new SegchainError({
    category: 'data',
    code: 'NOTHING_HELD',
    message: 'the result stream has no transaction that is held',
    hint: 'it must be the output of netconf-push apply --hold -o ndjson',
  })
}
