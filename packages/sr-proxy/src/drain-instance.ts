import { setTimeout as sleep } from 'node:timers/promises'
import type { ToolIo } from '@segchain/cli-kit'
import { type ProxyServiceRecord, validateRecord } from '@segchain/records'
import { ProxyClient } from './api/client.js'
import type Drain from './commands/drain.js'

export async function drainInstance(io: ToolIo<typeof Drain>): Promise<void> {
  const { service, instance } = io.args
  const client = new ProxyClient({ socket: io.flags.socket })
  await client.setInstance(service, instance, io.flags.undo ? 'active' : 'draining')
  const until = performance.now() + (io.flags.wait ?? 0) * 1000
  let record = await recordOf(client, service)
  while (io.flags.wait !== undefined && sessionsOf(record, instance) > 0 && performance.now() < until) {
    io.progress.update(instance, `${sessionsOf(record, instance)} sessions`)
    await sleep(1000, undefined, { signal: io.signal })
    record = await recordOf(client, service)
  }
  io.progress.clear()
  const out = await io.open({ source: io.flags.socket })
  if (record !== undefined) await out.write(record)
  io.exitCode = io.flags.wait !== undefined && sessionsOf(record, instance) > 0 ? 1 : 0
  await out.end({ outcome: io.exitCode === 1 ? 'different' : 'ok', exitCode: io.exitCode })
}

async function recordOf(client: ProxyClient, service: string): Promise<ProxyServiceRecord | undefined> {
  for await (const line of client.lines('services?sessions')) {
    const record = validateRecord('segchain.proxy/1', line)
    if (record.kind === 'proxy-service' && record.service === service) return record
  }
  return undefined
}

function sessionsOf(record: ProxyServiceRecord | undefined, instance: string): number {
  return record?.instances?.find(({ name }) => name === instance)?.sessions ?? 0
}
