import assert from 'node:assert/strict'
import { readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { collect } from './collect.js'
import { chainedThroughA, keepSending } from './lab/chained.js'
import { endDaemon } from './lab/lab.js'
import { needsRoot } from './root.js'

test('tables for 30,000 sessions get another size under a stream, twice, killed in each phase of the move: no packet and no session is lost', async (t) => {
  if (!needsRoot(t)) return
  const FLOWS = 30_000
  const [small, large] = [{ sessions: 131_072 }, { sessions: 262_144 }]
  const { lab, startA, launchA, first, stream } = await chainedThroughA(t, FLOWS, small)
  const maps = join(lab.bpf, 'a', 'abi1')
  const pinned = (...names: readonly string[]): boolean => names.every((name) => readdirSync(maps).includes(name))
  const old = 'sessions4_before'
  const programs = [() => pinned('programs_new'), () => !pinned('programs_new')]
  /** Runs get so far and no farther. */
  const phases: Record<string, readonly [steps: (() => boolean)[], afterMs: number]> = {
    'the new table is there': [[() => pinned('sessions4', old)], 0],
    'the programs are there, the links are not': [programs.slice(0, 1), 0],
    'the links are there, sessions move': [programs, 100],
  }
  assert.equal(await stream.send(FLOWS), true)
  const stopSending = keepSending(t, stream)
  await endDaemon(first, 'SIGTERM')
  // As if a run had been killed between the two names of the table.
  renameSync(join(maps, 'sessions4'), join(maps, 'sessions4_before'))
  for (const [turn, sizes] of [large, small].entries()) {
    for (const [phase, [steps, afterMs]] of Object.entries(phases).slice(2 * turn)) {
      rmSync(join(maps, 'programs_new'), { force: true })
      const daemon = launchA({ sizes })
      const ended = new Promise((resolve) => daemon.child.once('exit', resolve))
      for (const reached of steps) while (!reached() && daemon.child.exitCode === null) await sleep(1)
      await sleep(afterMs)
      assert.ok(pinned('sessions4', old), `${phase}: they have moved already; ${daemon.log()}`)
      daemon.child.kill('SIGKILL')
      await ended
      assert.equal(daemon.child.signalCode, 'SIGKILL', daemon.log())
    }
    const last = await startA({ sizes })
    // Also those that are on their way are shown.
    assert.ok((await collect(last.client.lines('sessions'))).length >= FLOWS)
    while ((await last.client.info()).movingSessions === true) await sleep(50)
    assert.equal((await collect(last.client.lines('sessions'))).length, FLOWS)
    assert.deepEqual(
      readdirSync(maps).filter((name) => name.endsWith('_before')),
      [],
    )
    await endDaemon(last, 'SIGTERM')
  }
  assert.equal(await stopSending(), true)
  const { sent, arrived, twice } = await stream.received()
  assert.deepEqual({ arrived, twice }, { arrived: sent, twice: 0 })
  t.diagnostic(`${sent} packets over two changes of size and four kills`)
})

test('a smaller table has room for the sessions that were used last', async (t) => {
  if (!needsRoot(t)) return
  const { startA, first, stream } = await chainedThroughA(t, 20_000)
  assert.equal(await stream.send(20_000), true)
  await endDaemon(first, 'SIGTERM')
  const second = await startA({ sizes: { sessions: 4096 } })
  while ((await second.client.info()).movingSessions === true) await sleep(50)
  const kept = (await collect(second.client.lines('sessions'))).length
  assert.ok(kept > 2048 && kept <= 4096, `${kept} sessions`)
  assert.equal(await stream.send(40_000), true, 'the others are learnt again')
  const { sent, arrived, twice } = await stream.received()
  assert.deepEqual({ arrived, twice }, { arrived: sent, twice: 0 })
})
