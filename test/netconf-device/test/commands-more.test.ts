import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { closeSync, constants, openSync, writeSync } from 'node:fs'
import { describe, it } from 'node:test'
import { digestOf, type PlanElement } from '@segchain/records'
import { planOf, type Run, run, start } from './command-line.js'
import { until } from './kill-at.js'
import { type Network, startNetwork } from './network.js'
import { elementsFor, prefixSid } from './support.js'

async function within(count: number, work: (network: Network) => Promise<void>): Promise<void> {
  const network = await startNetwork(count)
  try {
    await work(network)
  } finally {
    await network.stop()
  }
}

const results = ({ records }: Run): string =>
  records
    .filter(({ kind }) => kind === 'device-result')
    .map(({ device, status }) => `${device} ${status}`)
    .join(', ')
const changes = ({ records }: Run) => records.filter(({ kind }) => kind === 'change')
const file = (network: Network, name: string, { records }: Run): string =>
  network.workspace.file(name, records.map((record) => `${JSON.stringify(record)}\n`).join(''))

describe('netconf-push verify', () => {
  it('exits with 0 after apply, and with 1 when somebody has changed something, and says what', () =>
    within(2, async (network) => {
      await run(['apply', ...network.flags], network.planText)
      assert.equal((await run(['verify', ...network.flags], network.planText)).code, 0)
      const other = planOf([prefixSid('r2', '10.254.0.1/32', 0, 999)])
      await run(['apply', ...network.flags], other)
      const drift = await run(['verify', ...network.flags], network.planText)
      assert.equal(drift.code, 1)
      assert.match(JSON.stringify(changes(drift)), /"device":"r2".*"before":"999","after":"102"/)
      assert.equal(drift.records.at(-1)?.outcome, 'different')
    }))
})

describe('netconf-push apply --keep-going', () => {
  it('exits with 3 when some devices fail and the others have it, and the summary counts them', () =>
    within(3, async (network) => {
      network.devices[1]?.misbehave((op) =>
        op === 'validate' ? { kind: 'error', tag: 'operation-failed', message: 'no' } : undefined,
      )
      const partly = await run(['apply', ...network.flags, '--keep-going'], network.planText)
      assert.equal(partly.code, 3)
      assert.equal(results(partly), 'r1 applied, r2 failed, r3 applied')
      assert.match(JSON.stringify(partly.records.at(-1)?.counts), /"applied":2.*"failed":1/)
      assert.equal(network.state(), 'yes no yes')
    }))

  it('without it nothing is done anywhere', () =>
    within(3, async (network) => {
      network.devices[1]?.misbehave((op) =>
        op === 'validate' ? { kind: 'error', tag: 'operation-failed', message: 'no' } : undefined,
      )
      const { code } = await run(['apply', ...network.flags], network.planText)
      assert.notEqual(code, 0)
      assert.equal(network.state(), 'no no no')
    }))
})

describe('progress', () => {
  it('says every phase of every device in the log, and how a device commits in its result', () =>
    within(2, async (network) => {
      const { stderr, records } = await run(['apply', ...network.flags, '--log-level', 'debug'], network.planText)
      for (const device of ['r1', 'r2']) {
        for (const phase of ['connecting', 'reading', 'validating', 'committing', 'reading back', 'confirming']) {
          assert.match(stderr, new RegExp(`${device}: ${phase}`))
        }
      }
      assert.equal(records.find(({ kind }) => kind === 'device-result')?.commitMode, 'persistent')
    }))
})

describe('a transaction that is held', () => {
  for (const [decision, state] of [
    ['confirm', 'yes yes'],
    ['cancel', 'no no'],
  ] as const) {
    it(`can be ended by ${decision} from a host that has the result stream and nothing else`, () =>
      within(2, async (network) => {
        const held = await run(['apply', ...network.flags, '--hold'], network.planText)
        assert.equal(held.code, 0, held.stderr)
        assert.equal(results(held), 'r1 held, r2 held')
        const elsewhere = network.elsewhere('another-host')
        const from = ['--from', file(network, 'held.ndjson', held)]
        const ended = await run([decision, ...elsewhere, ...from], '')
        assert.equal(ended.code, 0, ended.stderr)
        assert.equal(network.state(), state)
        assert.ok(network.devices.every((device) => !device.confirmPending()))
        const again = await run([decision, ...elsewhere, ...from], '')
        assert.equal(again.code, 7, 'nothing is pending any more')
        // The host that began it finds out, and has nothing left to do.
        const recovered = await run(['recover', ...network.settleFlags], '')
        assert.equal(recovered.code, 0, recovered.stderr)
      }))
  }

  it('can be ended by its id and the names of the devices, and once only', () =>
    within(1, async (network) => {
      const held = await run(['apply', ...network.flags, '--hold'], network.planText)
      const id = String(held.records.find(({ kind }) => kind === 'transaction')?.persistId)
      const elsewhere = network.elsewhere('another-host')
      assert.equal((await run(['confirm', id, ...elsewhere], '')).code, 2)
      const confirmed = await run(['confirm', id, ...elsewhere, '--device', 'r1'], '')
      assert.equal(confirmed.code, 0, confirmed.stderr)
      assert.equal(network.state(), 'yes')
    }))

  it('is left alone by recover, and ended by its journal', () =>
    within(2, async (network) => {
      const held = await run(['apply', ...network.flags, '--hold'], network.planText)
      const id = String(held.records.find(({ kind }) => kind === 'transaction')?.persistId)
      const { code, stderr } = await run(['recover', ...network.settleFlags], '')
      assert.equal(code, 0)
      assert.match(stderr, /is held until/)
      assert.equal((await run(['apply', ...network.flags], network.planText)).code, 7)
      assert.equal((await run(['cancel', id, ...network.settleFlags], '')).code, 0)
      assert.equal(network.state(), 'no no')
      assert.deepEqual(network.journals(), [])
      assert.equal((await run(['cancel', id, ...network.settleFlags], '')).code, 2)
    }))
})

describe('a stale plan', () => {
  it('whose elements are not those that the compiler has written is refused with 4', () =>
    within(1, async (network) => {
      const lines = network.planText.trim().split('\n')
      const summary = { ...JSON.parse(lines.at(-1) ?? ''), digest: digestOf(elementsFor('r1')) }
      const whole = [...lines.slice(0, -1), JSON.stringify(summary)]
      assert.equal((await run(['diff', ...network.flags], `${whole.join('\n')}\n`)).code, 1)
      const less = whole.filter((_, index) => index !== 1)
      const { code, stderr } = await run(['diff', ...network.flags], `${less.join('\n')}\n`)
      assert.equal(code, 4)
      assert.match(stderr, /digest/)
    }))

  it('computed from another topology is refused with 7', () =>
    within(1, async (network) => {
      const topology = network.workspace.file('topology.ndjson', topologyOf([]))
      const plan = network.planText.replace('"version":"1"', `"version":"1","topologyDigest":"${digestOf([])}"`)
      const other = network.workspace.file('other.ndjson', topologyOf([node('r1')]))
      const stale = await run(['apply', ...network.flags, '--topology', other], plan)
      assert.equal(stale.code, 7, stale.stderr)
      assert.equal(network.state(), 'no')
      assert.equal((await run(['apply', ...network.flags, '--topology', topology], plan)).code, 0)
    }))

  it('of which other changes were reviewed is refused with 7, before anything is sent', () =>
    within(2, async (network) => {
      const reviewed = file(network, 'reviewed.ndjson', await run(['diff', ...network.flags], network.planText))
      await run(['apply', ...network.flags], planOf([prefixSid('r2', '10.254.0.1/32', 0, 999)]))
      const stale = await run(['apply', ...network.flags, '--reviewed', reviewed], network.planText)
      assert.equal(stale.code, 7, stale.stderr)
      assert.match(stale.stderr, /r2 has changed since it was reviewed/)
      assert.equal(network.state(), 'no no')
      const now = file(network, 'now.ndjson', await run(['apply', '--dry-run', ...network.flags], network.planText))
      assert.equal((await run(['apply', ...network.flags, '--reviewed', now], network.planText)).code, 0)
      assert.equal(network.state(), 'yes yes')
    }))
})

describe('netconf-push apply --prune', () => {
  const fewer = (device: string): PlanElement[] => elementsFor(device).slice(0, 3)

  it('removes what was applied and is not in the plan any more, and nothing that it did not write', () =>
    within(1, async (network) => {
      // Somebody's own, and one of the plan that was there before the plan came.
      const own = [prefixSid('r1', '192.0.2.7/32', 0, 7)]
      const other = network.elsewhere('somebody-else')
      await run(['apply', ...other], planOf([...own, prefixSid('r1', '10.254.0.1/32', 0, 101)]))
      await run(['apply', ...network.flags], planOf(elementsFor('r1')))
      const limit = ['--prune', '--allow-delete', '100%']
      const shown = await run(['diff', '--prune', ...network.flags], planOf(fewer('r1')))
      assert.deepEqual(
        changes(shown).map(({ operation }) => operation),
        ['delete'],
      )
      const pruned = await run(['apply', ...network.flags, ...limit], planOf(fewer('r1')))
      assert.equal(pruned.code, 0, pruned.stderr)
      assert.equal(results(pruned), 'r1 applied')
      const running = network.devices[0]?.running() ?? ''
      assert.doesNotMatch(running, /10\.254\.0\.2\/32/)
      assert.match(running, /192\.0\.2\.7\/32/)
      const all = await run(['apply', ...network.flags, ...limit], planOf([]))
      assert.equal(all.code, 0, all.stderr)
      const left = network.devices[0]?.running() ?? ''
      assert.doesNotMatch(left, /<lower-bound>16000</)
      assert.match(left, /10\.254\.0\.1\/32.*101/s, 'it was there before the plan came')
      assert.match(left, /49\.0001/, 'the instance of the IGP is not ours')
      assert.equal((await run(['diff', '--prune', ...network.flags], planOf([]))).code, 0)
    }))

  it('leaves what somebody else has changed since', () =>
    within(1, async (network) => {
      await run(['apply', ...network.flags], planOf(elementsFor('r1')))
      const other = network.elsewhere('somebody-else')
      await run(['apply', ...other], planOf([prefixSid('r1', '10.254.0.2/32', 128, 4242)]))
      const limit = ['--prune', '--allow-delete', '4']
      await run(['apply', ...network.flags, ...limit], planOf(fewer('r1')))
      assert.match(network.devices[0]?.running() ?? '', /4242/)
    }))

  it('is off until asked for, and has a limit that is safe', () =>
    within(1, async (network) => {
      await run(['apply', ...network.flags], planOf(elementsFor('r1')))
      await run(['apply', ...network.flags], planOf(fewer('r1')))
      assert.match(network.devices[0]?.running() ?? '', /10\.254\.0\.2\/32/)
      const refused = await run(['apply', ...network.flags, '--prune'], planOf([]))
      assert.equal(refused.code, 2, refused.stderr)
      assert.match(refused.stderr, /4 of the 4 elements that are ours would be removed, and 0 may/)
      assert.equal(network.state(), 'yes')
      const shown = await run(
        ['apply', '--dry-run', ...network.flags, '--prune', '--allow-delete=1'],
        planOf(fewer('r1')),
      )
      assert.equal(shown.code, 0, shown.stderr)
      assert.equal(changes(shown).length, 1)
      assert.match(network.devices[0]?.running() ?? '', /10\.254\.0\.2\/32/)
    }))

  it('takes what is ours from the plan that was applied before, on a host that has not applied it', () =>
    within(2, async (network) => {
      await run(['apply', ...network.flags], network.planText)
      const previous = network.workspace.file('previous.ndjson', network.planText)
      const elsewhere = network.elsewhere('another-host')
      const pruned = await run(
        ['apply', ...elsewhere, '--prune', '--previous', previous, '--allow-delete=50%'],
        planOf(elementsFor('r1')),
      )
      assert.equal(pruned.code, 0, pruned.stderr)
      assert.equal(network.state(), 'yes no')
    }))
})

describe('netconf-push apply --probe', () => {
  it('ends with its time, and what its shell has begun ends with it', () =>
    within(1, async (network) => {
      const started = performance.now()
      // The shell waits for a child that keeps its output open.
      const flags = [...network.flags, '--probe', 'sleep 600; true', '--probe-timeout', '1']
      const { code, stderr } = await run(['apply', ...flags], network.planText)
      assert.equal(code, 6, stderr)
      assert.match(stderr, /the health probe says no \(exit by time-out\)/)
      assert.equal(network.state(), 'no')
      assert.ok(performance.now() - started < 300_000)
    }))

  it('is not held up by what a command leaves in the background', () =>
    within(1, async (network) => {
      const flags = [...network.flags, '--probe', 'setsid sleep 20 & exit 0', '--probe-timeout', '10']
      const { code, stderr } = await run(['apply', ...flags], network.planText)
      assert.equal(code, 0, stderr)
      assert.equal(network.state(), 'yes')
    }))

  it('must end before the devices take it back by themselves', () =>
    within(1, async (network) => {
      const flags = [...network.flags, '--probe', 'true', '--probe-timeout', '60', '--confirm-timeout', '60']
      const { code, stderr } = await run(['apply', ...flags], network.planText)
      assert.equal(code, 2)
      assert.match(stderr, /--probe-timeout \(60 s\) must be shorter than --confirm-timeout \(60 s\)/)
      assert.equal(network.state(), 'no')
    }))
})

describe('--device', () => {
  for (const command of ['diff', 'apply', 'verify']) {
    it(`with a name that nothing has is an error of ${command}, not a success without devices`, () =>
      within(1, async (network) => {
        const { code, stderr } = await run([command, ...network.flags, '--device', 'r11'], network.planText)
        assert.equal(code, 2, stderr)
        assert.match(stderr, /there is no Device r11 with an address \[DEVICE_UNKNOWN\]\n {2}hint: there are: r1\n/)
      }))
  }
})

describe('netconf-push apply --probe-topology', () => {
  it('confirms when every prefix-SID of the plan is in the topology, and cancels when one is not', () =>
    within(2, async (network) => {
      const elements = [...elementsFor('r1', 101), ...elementsFor('r2', 102)]
      const records = ['r1', 'r2'].flatMap((name) => [
        node(name),
        ...elements.flatMap((element) =>
          element.kind === 'prefix-sid' && element.device === name
            ? [prefix(name, element.prefix, element.algorithm, element.index)]
            : [],
        ),
      ])
      const less = network.workspace.file('less.ndjson', topologyOf(records.slice(0, -1)))
      const cancelled = await run(
        ['apply', ...network.flags, '--probe-timeout', '1', '--probe-topology', less],
        planOf(elements),
      )
      assert.equal(cancelled.code, 6, cancelled.stderr)
      assert.match(cancelled.stderr, /r2 does not advertise index 202 for 10\.254\.0\.2\/32 in algorithm 128/)
      assert.equal(network.state(), 'no no')
      const all = network.workspace.file('all.ndjson', topologyOf(records))
      const applied = await run(['apply', ...network.flags, '--probe-topology', all], planOf(elements))
      assert.equal(applied.code, 0, applied.stderr)
    }))

  it('follows a collector on stdin until the SIDs appear, and does not wait for it to end', () =>
    within(1, async (network) => {
      const plan = network.workspace.file('plan.ndjson', network.planText)
      const args = ['apply', plan, ...network.flags, '--probe-topology', '-', '--probe-timeout', '60']
      const running = start(args)
      running.child.stdin?.write(topologyOf([node('r1')]))
      await until(() => network.devices[0]?.confirmPending() === true)
      for (const [index, address, algorithm] of [
        [101, '10.254.0.1/32', 0],
        [201, '10.254.0.2/32', 128],
      ] as const) {
        running.child.stdin?.write(`${JSON.stringify(prefix('r1', address, algorithm, index))}\n`)
      }
      const { code, stderr } = await running.ended
      assert.equal(code, 0, stderr)
      assert.equal(network.state(), 'yes')
    }))

  it('follows a named pipe, and ends although its writer keeps it open and says nothing', () =>
    within(1, async (network) => {
      const pipe = `${network.workspace.folder}/topology.pipe`
      execFileSync('mkfifo', [pipe])
      const running = start(
        ['apply', ...network.flags, '--probe-topology', pipe, '--probe-timeout', '60'],
        network.planText,
      )
      await until(() => network.devices[0]?.confirmPending() === true)
      const writer = openSync(pipe, constants.O_RDWR)
      try {
        const sids = [prefix('r1', '10.254.0.1/32', 0, 101), prefix('r1', '10.254.0.2/32', 128, 201)]
        writeSync(writer, topologyOf([node('r1'), ...sids]))
        const { code, stderr } = await running.ended
        assert.equal(code, 0, stderr)
        assert.equal(network.state(), 'yes')
      } finally {
        closeSync(writer)
      }
    }))

  it('gives up on a named pipe that nobody writes to, takes everything back, and ends', () =>
    within(1, async (network) => {
      const pipe = `${network.workspace.folder}/topology.pipe`
      execFileSync('mkfifo', [pipe])
      const flags = [...network.flags, '--probe-topology', pipe, '--probe-timeout', '1']
      const { code, stderr } = await run(['apply', ...flags], network.planText)
      assert.equal(code, 6, stderr)
      assert.match(stderr, /PROBE_FAILED|the topology is not well/)
      assert.equal(network.state(), 'no')
    }))

  it('asks the same collector again after what is removed: add and prune in one call', () =>
    within(1, async (network) => {
      await run(['apply', ...network.flags], planOf(elementsFor('r1')))
      const elements = [...elementsFor('r1').slice(0, 3), prefixSid('r1', '10.254.0.9/32', 0, 109)]
      const plan = network.workspace.file('plan.ndjson', planOf(elements))
      const flags = [...network.flags, '--prune', '--allow-delete', '4', '--probe-topology', '-']
      const running = start(['apply', plan, ...flags, '--probe-timeout', '60'])
      const sids = [prefix('r1', '10.254.0.1/32', 0, 101), prefix('r1', '10.254.0.9/32', 0, 109)]
      running.child.stdin?.write(topologyOf([node('r1'), ...sids]))
      const { code, stderr } = await running.ended
      assert.equal(code, 0, stderr)
      const left = network.devices[0]?.running() ?? ''
      assert.match(left, /10\.254\.0\.9\/32/)
      assert.doesNotMatch(left, /10\.254\.0\.2\/32/)
    }))

  it('gives up on a collector that never stops talking and never shows the SIDs', () =>
    within(1, async (network) => {
      const plan = network.workspace.file('plan.ndjson', network.planText)
      const running = start(['apply', plan, ...network.flags, '--probe-topology', '-', '--probe-timeout', '2'])
      const { stdin } = running.child
      stdin?.write(topologyOf([node('r1')]))
      const other = `${JSON.stringify(prefix('r1', '203.0.113.0/24', 0, 1))}\n`.repeat(2000)
      const talk = (): void => {
        while (stdin?.writable === true && stdin.write(other));
      }
      stdin?.on('drain', talk)
      talk()
      const { code, stderr } = await running.ended
      assert.equal(code, 6, stderr)
      assert.match(stderr, /r1 does not advertise index 101/)
      assert.equal(network.state(), 'no')
    }))

  it('cancels when a session is down', () =>
    within(1, async (network) => {
      const down = { kind: 'session', id: 'session:192.0.2.1', peer: '192.0.2.1', state: 'down' }
      const topology = network.workspace.file('down.ndjson', topologyOf([down]))
      const plan = planOf(elementsFor('r1').filter(({ kind }) => kind !== 'prefix-sid'))
      const flags = [...network.flags, '--probe-topology', topology, '--probe-timeout', '1']
      const { code, stderr } = await run(['apply', ...flags], plan)
      assert.equal(code, 6)
      assert.match(stderr, /the session with 192\.0\.2\.1 is down/)
      assert.equal(network.state(), 'no')
    }))
})

const instance = { protocol: 'isis-l2', instanceId: '0' }

function node(name: string): object {
  return { kind: 'node', id: `node:${name}`, ...instance, name }
}

function prefix(name: string, address: string, algorithm: number, index: number): object {
  const prefixSids = [{ algorithm, index, flags: [] }]
  return {
    kind: 'prefix',
    id: `prefix:${name}:${address}`,
    ...instance,
    node: `node:${name}`,
    prefix: address,
    prefixSids,
  }
}

function topologyOf(records: readonly object[]): string {
  const header = { kind: 'header', schema: 'segchain.topology/1', tool: 'test', version: '1' }
  const sync = { kind: 'sync', id: 'sync', reason: 'end-of-input' }
  return [header, ...records, sync].map((record) => `${JSON.stringify(record)}\n`).join('')
}
