import type { Logger } from '@segchain/cli-kit'
import { PlanFold, type ProxyEntryElement, SegchainError, type StreamRecord } from '@segchain/records'
import type { ProxyDevice } from '../devices.js'

/**
 * The proxy entries of a plan by device; of a compiler that follows a network, as its last sync made them whole. What is for other tools is counted and told.
 *
 * @throws {SegchainError} `data`, `PLAN_INCOMPLETE`: nothing says that it is whole, or it has errors; `PLAN_EMPTY`;
 * `usage`, `DEVICE_UNKNOWN`
 */
export async function readPlan(
  records: AsyncIterable<StreamRecord<'segchain.plan/1'>>,
  devices: ReadonlyMap<string, ProxyDevice>,
  only: readonly string[] | undefined,
  log: Logger,
): Promise<ReadonlyMap<string, readonly ProxyEntryElement[]>> {
  const fold = new PlanFold()
  for await (const record of records) fold.add(record)
  const { plan } = fold
  if (plan === undefined || plan.errors.length > 0) {
    throw new SegchainError({
      category: 'data',
      code: 'PLAN_INCOMPLETE',
      message:
        plan === undefined
          ? 'the plan ends neither with a summary that says ok nor with a sync: it is not complete'
          : `the plan has errors: ${plan.errors[0]?.error.message}`,
      hint: 'look at what the compiler said',
    })
  }
  const byDevice = new Map<string, ProxyEntryElement[]>()
  for (const element of plan.elements) {
    if (element.kind === 'proxy-entry') byDevice.set(element.device, [...(byDevice.get(element.device) ?? []), element])
  }
  const others = plan.elements.filter(({ kind }) => kind !== 'proxy-entry').length
  if (others > 0) log.info(`for other tools: ${others} records`)
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
