import assert from 'node:assert/strict'
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { collect } from './collect.js'
import { firewallLab, LABEL, MAC } from './lab/firewall-lab.js'
import { endDaemon, Lab } from './lab/lab.js'
import { Stream } from './lab/stream.js'
import { needsRoot } from './root.js'

/** The proxies of both hosts, the firewall of a in the chain, and a stream through it. */
async function chainedThroughA(t: TestContext, flows: number) {
  const { lab, startA, startB } = await firewallLab()
  t.after(() => lab.close())
  const [first] = await Promise.all([startA(), startB()])
  await first.client.putTables('plan', { labels: [{ label: LABEL.firewallA, action: 'dynamic', vnf: 'fwa' }] })
  const stream = await Stream.open(lab, {
    from: { space: 'src', interface: 'src0', mac: MAC.source, to: MAC.sourceFar },
    at: { space: 'dst', interface: 'dst0' },
    labels: [LABEL.firewallA, LABEL.out],
    flows,
  })
  return { lab, startA, first, stream }
}

test('the daemon is stopped, killed and started under a stream: no packet and no session is lost', async (t) => {
  if (!needsRoot(t)) return
  const { startA, first, stream } = await chainedThroughA(t, 500)
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

test('an upgrade that needs other tables is refused in words; the old ones go on, and the old version takes them over', async (t) => {
  if (!needsRoot(t)) return
  const { lab, startA, first, stream } = await chainedThroughA(t, 100)
  assert.equal(await stream.send(2000), true)
  await endDaemon(first, 'SIGTERM')
  const [ours, theirs] = ['abi1', 'abi7'].map((name) => join(lab.bpf, 'a', name)) as [string, string]
  await assert.rejects(
    startA({ sizes: { sessions: 1024 } }),
    /sessions4 in .*abi1 has 65536 entries[\s\S]*sr-proxy unload/,
  )
  renameSync(ours, theirs)
  await assert.rejects(startA(), /abi7 has tables of layout 7, this version has layout 1[\s\S]*sr-proxy unload/)
  assert.equal(await stream.send(2000), true, 'packets go on meanwhile')
  renameSync(theirs, ours)
  const again = await startA()
  assert.equal(await stream.send(2000), true)
  assert.equal((await collect(again.client.lines('sessions'))).length, 100)
  assert.deepEqual(await stream.received().then(({ arrived, twice }) => [arrived, twice]), [6000, 0])
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
