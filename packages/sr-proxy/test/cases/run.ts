import assert from 'node:assert/strict'
import { stats as statNames } from '../../src/daemon/stats.js'
import { dropReasons } from '../../src/drop-reasons.js'
import { u32 } from '../../src/layout/struct.js'
import { compileTables } from '../../src/tables/compile.js'
import { Ids } from '../../src/tables/ids.js'
import type { Image } from '../../src/tables/image.js'
import { mergeTables } from '../../src/tables/merge.js'
import type { Tables } from '../../src/tables/schema.js'
import type { Outcome } from '../../src/wasm/data-plane.js'
import { host, indexOf, nameOf } from '../runtimes/interfaces.js'
import type { Runtime } from '../runtimes/runtime.js'
import type { Case, Expected } from './case.js'

let generation = 0

/** @param sessionLines lines of `session_lines4`: so few that sessions meet at one place */
export async function runCase(
  runtime: Runtime,
  { tables, settings, steps, stats }: Case,
  sessionLines = 8,
): Promise<void> {
  const ids = new Ids(undefined, 0)
  const instances = new Set<number>()
  const image = (wanted: Tables): Image => {
    const all = { unknownLabels: 'drop', icmpPerSecond: 1000, sessionLines, ...settings } as const
    const made = compileTables(mergeTables(new Map([['case', wanted]])), all, host, ids, ++generation)
    // As the daemon does: what is no longer wanted is gone for its sessions.
    const gone = [...instances].filter((id) => !made.names.instances.has(id))
    for (const id of made.names.instances.keys()) instances.add(id)
    const entries = gone.map((id) => ({ key: u32(id), value: Buffer.alloc(20) }))
    return { ...made, arrays: [...made.arrays, { table: 'instances', entries }] }
  }
  await runtime.begin(image(tables))
  for (const [number, { from, frame, expect, change }] of steps.entries()) {
    if (change !== undefined) await runtime.change(image(change))
    const before = await dropped(runtime)
    const arrival = { bytes: frame, interfaceIndex: indexOf(from), fromVnf: from.startsWith('vnf') }
    const outcome = await runtime.run(arrival)
    const after = await dropped(runtime)
    const reasons = dropReasons.filter((_, index) => (after[index] ?? 0) > (before[index] ?? 0))
    check(outcome, reasons, expect, `step ${number + 1}`)
  }
  for (const [name, packets] of Object.entries(stats ?? {})) {
    const index = statNames.indexOf(name as (typeof statNames)[number])
    assert.equal((await runtime.count('stats', index)).packets, packets, `stats ${name}`)
  }
}

async function dropped(runtime: Runtime): Promise<number[]> {
  const counts: number[] = []
  for (const index of dropReasons.keys()) counts.push((await runtime.count('drops', index)).packets)
  return counts
}

function check(outcome: Outcome, reasons: readonly string[], expected: Expected, step: string): void {
  if ('drop' in expected) {
    assert.deepEqual(reasons, [expected.drop], step)
    assert.equal(outcome.verdict, 'drop', step)
    return
  }
  if ('held' in expected) {
    assert.equal(outcome.held?.frame.toString('hex'), expected.held.toString('hex'), step)
    assert.equal(outcome.verdict, 'drop', step)
    return
  }
  const told = reasons.length > 0 ? ` (dropped: ${reasons.join(', ')})` : ''
  const [verdict, bytes] =
    'pass' in expected
      ? ['pass', expected.pass]
      : 'back' in expected
        ? ['transmit', expected.back]
        : ['redirect', 'mirrored' in expected ? expected.mirrored : expected.frame]
  assert.equal(outcome.verdict, verdict, `${step}${told}`)
  assert.equal(outcome.bytes.toString('hex'), bytes.toString('hex'), step)
  // BPF_PROG_TEST_RUN does not tell where a frame is redirected to; its Ethernet header does.
  if ('out' in expected && outcome.interfaceIndex !== undefined)
    assert.equal(nameOf(outcome.interfaceIndex), expected.out, step)
  if ('mirrored' in expected && 'mirror' in outcome) assert.ok((outcome.mirror ?? 0) > 0, step)
}
