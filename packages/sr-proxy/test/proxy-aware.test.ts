import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProxyCounterRecord } from '@segchain/records'
import type { ProxyClient } from '../src/api/client.js'
import { collect } from './collect.js'
import { download, serveFile } from './lab/transfer.js'
import { OUT, steer, twoSidedLab, WAYS_OUT } from './lab/two-sided-lab.js'
import { needsRoot } from './root.js'

const LABEL = { firewall: 16201, mirror: 16202 } as const
const BYTES = 2 * 1024 * 1024

test('sr-firewall and sr-mirror in a chain of real hosts: 443 byte-identical and copied, 80 stopped', async (t) => {
  if (!needsRoot(t)) return
  const lab = await twoSidedLab()
  t.after(() => lab.close())
  lab.space('monitor')
  lab.link(
    { space: 'proxy', interface: 'mon', mac: '02:10:00:00:00:01' },
    { space: 'monitor', interface: 'tap0', mac: '02:10:00:00:00:02' },
  )
  // A mirror's copy that goes on comes in again here.
  lab.link(
    { space: 'proxy', interface: 'loop0', mac: '02:10:00:00:00:03' },
    { space: 'proxy', interface: 'loop1', mac: '02:10:00:00:00:04' },
  )
  await lab.prepare('monitor', 'tap0')
  const daemon = await lab.daemon('proxy', {
    network: ['left', 'right', 'loop1'],
    tables: {
      ...WAYS_OUT,
      labels: [
        ...WAYS_OUT.labels,
        { label: LABEL.firewall, action: 'firewall', set: 'rules' },
        { label: LABEL.mirror, action: 'mirror', mirror: 'monitor' },
      ],
      firewalls: {
        rules: { policy: 'accept', rules: [{ action: 'drop', protocol: 'tcp', destinationPort: 80 }] },
      },
      mirrors: { monitor: { to: 'mon', via: 'loop0', mac: '02:10:00:00:00:04' } },
    },
  })
  await steer(lab, { forward: [LABEL.firewall, OUT.toServer], backward: [LABEL.mirror, OUT.toClient] })
  const hash = await serveFile(lab, BYTES, [80, 443])
  assert.equal(await download(lab, 443), hash, await told(daemon.client))
  const monitor = (what: string): number => Number(lab.exec('monitor', `cat /sys/class/net/tap0/statistics/rx_${what}`))
  assert.ok(monitor('bytes') > BYTES, 'the monitor has got all that the server sent')
  assert.equal(monitor('packets'), await counter(daemon.client, 'total:mirrored'))
  assert.equal(await download(lab, 80, 3000), 'silence')
  assert.ok((await counter(daemon.client, 'drop:firewall')) > 0, await told(daemon.client))
})

async function counter(client: ProxyClient, id: string): Promise<number> {
  const records = (await collect(client.lines('stats'))) as ProxyCounterRecord[]
  return Number(records.find((record) => record.id === id)?.packets ?? -1)
}

async function told(client: ProxyClient): Promise<string> {
  const records = (await collect(client.lines('stats'))) as ProxyCounterRecord[]
  return JSON.stringify(records.filter(({ packets }) => packets !== '0'))
}
