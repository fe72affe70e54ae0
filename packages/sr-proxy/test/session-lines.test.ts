import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileTables } from '../src/tables/compile.js'
import { Ids } from '../src/tables/ids.js'
import { mergeTables } from '../src/tables/merge.js'
import { arriving, FIREWALL, leaving, NEXT, returned, world } from './cases/world.js'
import { udp } from './packets/transport.js'
import { host, indexOf } from './runtimes/interfaces.js'
import { WasmRuntime } from './runtimes/wasm.js'

/** Labels and results are those of sessions4 alone; what differs is what must be looked up. */
async function proxy(sessionLines: number, sessions: number) {
  const settings = { unknownLabels: 'drop', icmpPerSecond: 0, sessionLines } as const
  const runtime = new WasmRuntime({ sessions4: sessions })
  await runtime.begin(compileTables(mergeTables(new Map([['test', world]])), settings, host, new Ids(undefined, 0), 1))
  const packet = (n: number): Buffer =>
    udp({ source: `10.1.${n >> 8}.${n & 255}`, destination: '10.2.0.1', sourcePort: 1000 + (n & 1023) })
  const there = async (n: number, end: number): Promise<void> => {
    const bytes = arriving([FIREWALL, NEXT, end], packet(n))
    const { verdict } = await runtime.run({ bytes, interfaceIndex: indexOf('net0'), fromVnf: false })
    assert.equal(verdict, 'redirect')
  }
  /** The packet comes back from the VNF. @returns whether it left with this label at the end of its stack */
  const back = async (n: number, end: number): Promise<boolean> => {
    const bytes = returned('vnf0', packet(n))
    const left = await runtime.run({ bytes, interfaceIndex: indexOf('vnf0'), fromVnf: true })
    if (left.verdict !== 'redirect') return false
    assert.deepEqual(left.bytes, leaving('net1', [{ label: NEXT, ttl: 63 }, end], packet(n)), `session ${n}`)
    return true
  }
  return { runtime, there, back }
}

test('ten times as many sessions as lines: each gets its own stack back, also when all stacks change', async () => {
  const { there, back } = await proxy(64, 4096)
  for (const end of [3001, 3002]) {
    for (let n = 0; n < 640; n++) await there(n, end + 16 * n)
    for (let n = 0; n < 640; n++) assert.ok(await back(n, end + 16 * n))
  }
})

test('so many misses that lines are passed by: what is in them from before is never taken for what is now', async () => {
  const { there, back } = await proxy(64, 8192)
  for (let n = 0; n < 6000; n++) await there(n, 3001)
  for (let n = 0; n < 6000; n++) await there(n, 3002)
  for (let n = 0; n < 6000; n++) assert.ok(await back(n, 3002))
  // And they are used again when there are few sessions.
  for (let turn = 0; turn < 400; turn++) {
    for (let n = 0; n < 8; n++) await there(n, 3003 + (turn & 1))
    for (let n = 0; n < 8; n++) assert.ok(await back(n, 3003 + (turn & 1)))
  }
})

test('a session that lives by its line is not forgotten by sessions4: its packets renew it', async () => {
  const { runtime, there, back } = await proxy(64, 8)
  await there(0, 3001)
  for (let seconds = 5; seconds < 100; seconds += 5) {
    runtime.setClock(seconds)
    // A flood evicts it from sessions4 meanwhile.
    for (let n = 1; n < 20; n++) await there(n * 100 + seconds, 3002)
    assert.ok(await back(0, 3001), `after ${seconds} s`)
  }
  assert.equal(runtime.size('sessions4'), 8)
})

test('the place of an idle session is given to another, and it is found in sessions4', async () => {
  const { runtime, there, back } = await proxy(2, 4096)
  await there(0, 3001)
  await there(1, 3002)
  runtime.setClock(60)
  for (let n = 2; n < 10; n++) await there(n, 3000 + n)
  for (let n = 2; n < 10; n++) assert.ok(await back(n, 3000 + n))
  assert.ok(await back(0, 3001))
  assert.ok(await back(1, 3002))
})
