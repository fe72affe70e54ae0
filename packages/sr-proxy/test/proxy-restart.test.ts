import assert from 'node:assert/strict'
import { readdirSync, renameSync } from 'node:fs'
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
  renameSync(ours, theirs)
  await assert.rejects(startA(), /abi7 has tables of layout 7, this version has layout 1[\s\S]*sr-proxy unload/)
  assert.equal(await stream.send(2000), true, 'packets go on meanwhile')
  renameSync(theirs, ours)
  const again = await startA()
  assert.equal(await stream.send(2000), true)
  assert.equal((await collect(again.client.lines('sessions'))).length, 100)
  assert.deepEqual(await stream.received().then(({ arrived, twice }) => [arrived, twice]), [6000, 0])
})

test('the tables of sessions get another size under a stream, twice, killed in between: no packet and no session is lost', async (t) => {
  if (!needsRoot(t)) return
  const { lab, startA, first, stream } = await chainedThroughA(t, 500)
  const maps = join(lab.bpf, 'a', 'abi1')
  const settled = async ({ client }: Awaited<ReturnType<typeof startA>>): Promise<number> => {
    while ((await client.info()).movingSessions === true) await new Promise((resolve) => setTimeout(resolve, 50))
    return (await collect(client.lines('sessions'))).length
  }
  assert.equal(await stream.send(20_000), true)
  let over = false
  t.after(() => {
    over = true
  })
  const sending = (async () => {
    while (!over) if (!(await stream.send(20_000))) return false
    return true
  })()
  await endDaemon(first, 'SIGTERM')
  // As if a run had been killed between the two names of the table.
  renameSync(join(maps, 'sessions4'), join(maps, 'sessions4_before'))
  const second = await startA({ sizes: { sessions: 4096 } })
  await endDaemon(second, 'SIGKILL')
  const third = await startA({ sizes: { sessions: 4096 } })
  assert.equal(await settled(third), 500)
  await endDaemon(third, 'SIGTERM')
  const fourth = await startA({ sizes: { sessions: 131_072 } })
  assert.equal(await settled(fourth), 500)
  over = true
  assert.equal(await sending, true, JSON.stringify(await collect(fourth.client.lines('stats'))))
  const { sent, arrived, twice } = await stream.received()
  assert.deepEqual({ arrived, twice }, { arrived: sent, twice: 0 })
  assert.deepEqual(
    readdirSync(maps).filter((name) => name.endsWith('_before')),
    [],
  )
  t.diagnostic(`${sent} packets over two changes of size`)
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
