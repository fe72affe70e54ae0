import assert from 'node:assert/strict'
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { collect } from './collect.js'
import { chainedThroughA, keepSending } from './lab/chained.js'
import { MAC } from './lab/firewall-lab.js'
import { endDaemon, Lab } from './lab/lab.js'
import { needsRoot } from './root.js'

test('the daemon is stopped, killed and started under a stream: no packet and no session is lost', async (t) => {
  if (!needsRoot(t)) return
  const { startA, first, stream } = await chainedThroughA(t, 500)
  const stopSending = keepSending(t, stream)
  await endDaemon(first, 'SIGTERM')
  const second = await startA()
  const sessions = async () => (await collect(second.client.lines('sessions'))).length
  const before = await sessions()
  await endDaemon(second, 'SIGKILL')
  const third = await startA()
  assert.equal(await stopSending(), true, JSON.stringify(await collect(third.client.lines('stats'))))
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

test('interfaces with jumbo frames are taken at full speed', async (t) => {
  if (!needsRoot(t)) return
  const lab = new Lab()
  t.after(() => lab.close())
  for (const space of ['one', 'two']) lab.space(space)
  lab.link({ space: 'one', interface: 'eth0', mac: MAC.source }, { space: 'two', interface: 'eth0', mac: MAC.sink })
  for (const space of ['one', 'two']) lab.exec(space, 'ip link set eth0 mtu 9000')
  const { client } = await lab.daemon('one', { network: ['eth0'] })
  assert.deepEqual(
    (await client.info()).interfaces.map(({ name, mode }) => [name, mode]),
    [['eth0', 'native']],
  )
})
