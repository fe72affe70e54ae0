import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { Daemon } from '../src/daemon/daemon.js'
import { encodeLabelKey } from '../src/layout/label.js'
import { u32 } from '../src/layout/struct.js'
import { MemoryPlane } from '../src/plane/memory-plane.js'
import type { HostInterface } from '../src/tables/image.js'
import type { Tables } from '../src/tables/schema.js'

export const NETWORK: Tables = {
  nextHops: { core: { interface: 'eth0', mac: '02:00:00:00:00:01' } },
  attachments: {
    fw1: { interface: 'fw1-in', return: 'fw1-out', mac: '02:00:00:00:01:01' },
    fw2: { interface: 'fw2-in', mac: '02:00:00:00:02:01' },
  },
}

/** A daemon in this process, without a data plane. */
export async function setUp(
  t: TestContext,
  tables: Tables = NETWORK,
  folder = mkdtempSync(join(tmpdir(), 'segchain-proxy-')),
) {
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const host = new Map<string, HostInterface>(
    ['eth0', 'fw1-in', 'fw1-out', 'fw2-in'].map((name, index) => [
      name,
      { index: index + 2, mac: `02:00:00:00:00:a${index}`, mtu: 1500 },
    ]),
  )
  let nowMs = 1_000_000
  const warnings: string[] = []
  const plane = new MemoryPlane()
  const config = {
    network: ['eth0'],
    tables,
    state: join(folder, 'state.json'),
    lingerS: 10,
    holdS: 5,
    api: { socket: join(folder, 'api.sock') },
  }
  const start = () =>
    Daemon.start({
      plane,
      config,
      host: () => new Map(host),
      nowMs: () => nowMs,
      warn: (message) => warnings.push(String(message)),
    })
  const daemon = await start()
  const label = async (number: number) =>
    plane.table('labels').get(encodeLabelKey(number, (await plane.table('config').get(u32(0)))?.readUInt32LE(4) ?? 0))
  return { daemon, plane, host, config, folder, warnings, start, label, pass: (ms: number) => (nowMs += ms) }
}
