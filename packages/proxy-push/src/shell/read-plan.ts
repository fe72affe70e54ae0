import type { Logger } from '@segchain/cli-kit'
import { type ProxyEntryElement, SegchainError, type StreamRecord } from '@segchain/records'
import type { ProxyDevice } from '../devices.js'

/**
 * The proxy entries of a plan by device. What is for other tools is counted and told.
 *
 * @throws {SegchainError} `data`, `PLAN_INCOMPLETE`: it does not end with a summary that says ok; `PLAN_EMPTY`;
 * `usage`, `DEVICE_UNKNOWN`
 */
export async function readPlan(
  records: AsyncIterable<StreamRecord<'segchain.plan/1'>>,
  devices: ReadonlyMap<string, ProxyDevice>,
  only: readonly string[] | undefined,
  log: Logger,
): Promise<ReadonlyMap<string, readonly ProxyEntryElement[]>> {
  const byDevice = new Map<string, ProxyEntryElement[]>()
  let complete = false
  let others = 0
  let bad = 0
  for await (const record of records) {
    if (record.kind === 'summary') complete = record.outcome === 'ok' || record.outcome === 'different'
    else if (record.kind === 'error') bad++
    else if (record.kind !== 'proxy-entry') others++
    else byDevice.set(record.device, [...(byDevice.get(record.device) ?? []), record])
  }
  if (!complete || bad > 0) {
    throw new SegchainError({
      category: 'data',
      code: 'PLAN_INCOMPLETE',
      message: 'the plan does not end with a summary that says ok: it is not complete',
      hint: 'look at what the compiler said',
    })
  }
  if (others > 1) log.info(`for other tools: ${others - 1} records`)
  const wanted = [...byDevice.keys()].filter((name) => only === undefined || only.includes(name))
  if (wanted.length === 0) {
    throw new SegchainError({
      category: 'data',
      code: 'PLAN_EMPTY',
      message:
        only === undefined
          ? 'the plan has nothing for a proxy'
          : `the plan has nothing for the proxy ${only.join(', ')}`,
      hint: 'a Service of type vnf or sr-aware gives a proxy its entries; an empty plan takes nothing away',
    })
  }
  for (const name of wanted) if (!devices.has(name)) throw unknownDevice(name, devices)
  return new Map(wanted.map((name) => [name, byDevice.get(name) ?? []]))
}

function unknownDevice(name: string, devices: ReadonlyMap<string, ProxyDevice>): SegchainError {
  return new SegchainError({
    category: 'usage',
    code: 'DEVICE_UNKNOWN',
    message: `there is no Device ${name} with a proxy`,
    hint: `give it spec.proxy.socket or spec.proxy.address; there are: ${[...devices.keys()].join(', ') || 'none'}`,
  })
}
