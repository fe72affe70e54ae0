import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileTables } from '../src/tables/compile.js'
import { Ids } from '../src/tables/ids.js'
import { mergeTables } from '../src/tables/merge.js'
import { arriving, FIREWALL, leaving, NEXT, returned, world } from './cases/world.js'
import { udp } from './packets/transport.js'
import { needsRoot } from './root.js'
import { host, indexOf } from './runtimes/interfaces.js'
import { KernelRuntime } from './runtimes/kernel.js'
import type { Runtime } from './runtimes/runtime.js'
import { WasmRuntime } from './runtimes/wasm.js'

const ROUNDS = 12
const FLOOD = 1000
const ACTIVE = 20

const settings = { unknownLabels: 'drop', icmpPerSecond: 0 } as const
const image = () => compileTables(mergeTables(new Map([['test', world]])), settings, host, new Ids(undefined, 0), 1)
const attack = (n: number): Buffer =>
  udp({ source: `10.9.${n >> 8}.${n & 255}`, destination: '10.2.0.1', sourcePort: n & 0xffff })

/** Three times as many new sessions as there is room for, while others send and get their packets back. */
async function flood(runtime: Runtime): Promise<void> {
  const there = async (packet: Buffer): Promise<void> => {
    const frame = arriving([FIREWALL, NEXT], packet)
    const { verdict } = await runtime.run({ bytes: frame, interfaceIndex: indexOf('net0'), fromVnf: false })
    assert.equal(verdict, 'redirect')
  }
  const active = Array.from({ length: ACTIVE }, (_, n) =>
    udp({ source: '10.1.0.1', destination: '10.2.0.1', sourcePort: 5000 + n }),
  )
  let next = 0
  for (let round = 0; round < ROUNDS; round++) {
    for (const packet of active) await there(packet)
    for (let n = 0; n < FLOOD; n++) await there(attack(next++))
    for (const packet of active) {
      const frame = returned('vnf0', packet)
      const { verdict, bytes } = await runtime.run({ bytes: frame, interfaceIndex: indexOf('vnf0'), fromVnf: true })
      assert.equal(verdict, 'redirect', `round ${round}`)
      assert.deepEqual(bytes, leaving('net1', [{ label: NEXT, ttl: 63 }], packet))
    }
  }
}

test('a flood of new sessions evicts the idle and never stops the others (WebAssembly)', async () => {
  const runtime = new WasmRuntime({ sessions4: 4096 })
  await runtime.begin(image())
  await flood(runtime)
  // The first of the flood are gone, the last are there: the table is full of the most recent.
  const early = await runtime.run({
    bytes: returned('vnf0', attack(0)),
    interfaceIndex: indexOf('vnf0'),
    fromVnf: true,
  })
  const late = await runtime.run({
    bytes: returned('vnf0', attack(ROUNDS * FLOOD - 1)),
    interfaceIndex: indexOf('vnf0'),
    fromVnf: true,
  })
  assert.deepEqual([early.verdict, late.verdict], ['drop', 'redirect'])
})

test('a flood of new sessions evicts the idle and never stops the others (kernel)', async (t) => {
  if (!needsRoot(t)) return
  const runtime = await KernelRuntime.start()
  try {
    await runtime.begin(image())
    await flood(runtime)
  } finally {
    await runtime.close()
  }
})
