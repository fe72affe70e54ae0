import assert from 'node:assert/strict'
import { test } from 'node:test'
import { collect } from './collect.js'
import { firewallLab, LABEL, MAC } from './lab/firewall-lab.js'
import { endDaemon, Lab } from './lab/lab.js'
import { Stream } from './lab/stream.js'
import { needsRoot } from './root.js'

test('the daemon is stopped, killed and started under a stream: no packet and no session is lost', async (t) => {
  if (!needsRoot(t)) return
  const { lab, startA, startB } = await firewallLab()
  t.after(() => lab.close())
  const [first] = await Promise.all([startA(), startB()])
  await first.client.putTables('plan', { labels: [{ label: LABEL.firewallA, action: 'dynamic', vnf: 'fwa' }] })
  const stream = await Stream.open(lab, {
    from: { space: 'src', interface: 'src0', mac: MAC.source, to: MAC.sourceFar },
    at: { space: 'dst', interface: 'dst0' },
    labels: [LABEL.firewallA, LABEL.out],
    flows: 500,
  })
  let over = false
  const sending = (async () => {
    while (!over) if (!(await stream.send(20_000))) return false
    return true
  })()
  await endDaemon(first, 'SIGTERM')
  const second = await startA()
  const sessions = async () => (await collect(second.client.lines('sessions'))).length
  const before = await sessions()
  await endDaemon(second, 'SIGKILL')
  const third = await startA()
  over = true
  assert.equal(await sending, true, JSON.stringify(await collect(third.client.lines('stats'))))
  const { sent, arrived, twice } = await stream.received()
  assert.deepEqual({ arrived, twice }, { arrived: sent, twice: 0 })
  assert.equal(before, 500)
  assert.equal((await collect(third.client.lines('sessions'))).length, 500)
  t.diagnostic(`${sent} packets over two restarts`)
})

test('three capabilities are enough, and without them the error names them', async (t) => {
  if (!needsRoot(t)) return
  const lab = new Lab()
  t.after(() => lab.close())
  lab.space('one')
  lab.space('two')
  lab.link({ space: 'one', interface: 'eth0', mac: MAC.source }, { space: 'two', interface: 'eth0', mac: MAC.sink })
  const only = (capabilities: string) => ['setpriv', '--bounding-set', `-all,${capabilities}`]
  await assert.rejects(
    lab.daemon('one', { network: ['eth0'] }, only('+net_admin')),
    /CAP_BPF, CAP_NET_ADMIN and CAP_PERFMON/,
  )
  const daemon = await lab.daemon('one', { network: ['eth0'] }, only('+bpf,+net_admin,+perfmon'))
  assert.equal((await daemon.client.info()).runtime, 'xdp')
})
