import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { PlanElement } from '@segchain/records'
import { diffConfig, expressForFrr, parseConfig, vtyshArguments, vtyshCalls } from '../src/dialects/frr/index.js'
import type { DeviceFacts } from '../src/dialects/index.js'
import { diffFrrRemoval } from '../src/transaction/frr-removal.js'
import { manySids } from './support/many-sids.js'

const common = { device: 'r1', step: 1, reason: { text: 'a test', intents: [] } }
const facts: DeviceFacts = {
  device: 'r1',
  igpInstance: 'core',
  igp: { protocol: 'isis-l2' },
  policies: 'config',
  loopbacks: new Map(),
}

const flexAlgo: PlanElement = {
  ...common,
  kind: 'flex-algo',
  id: 'flex-algo:r1:128',
  algorithm: 128,
  definition: {
    metricType: 1,
    calculationType: 0,
    priority: 200,
    excludeAny: [
      { name: 'red', bit: 0 },
      { name: 'blue', bit: 5 },
    ],
    includeAny: [],
    includeAll: [],
    excludeSrlgs: [],
    prefixMetric: false,
  },
}

function lines(running: string, elements: readonly PlanElement[]) {
  const { statements, owned } = expressForFrr(elements, facts)
  return diffConfig(parseConfig(running), statements, owned)
}

describe('dialect frr', () => {
  it('says a Flex-Algo definition with its affinities, maps first', () => {
    const { commands } = lines('router isis core\n net 49.0001\nexit\n', [flexAlgo])
    assert.deepEqual(
      commands.map(({ context, line }) => [...context, line].join(' / ')),
      [
        'affinity-map red bit-position 0',
        'affinity-map blue bit-position 5',
        'router isis core / flex-algo 128 / dataplane sr-mpls',
        'router isis core / flex-algo 128 / advertise-definition',
        'router isis core / flex-algo 128 / affinity exclude-any red blue',
        'router isis core / flex-algo 128 / metric-type delay',
        'router isis core / flex-algo 128 / priority 200',
      ],
    )
  })

  it('takes a block that it made back as a whole, and maps after it', () => {
    const { undo } = lines('router isis core\n net 49.0001\nexit\n', [flexAlgo])
    assert.deepEqual(
      undo.map(({ context, line }) => [...context, line].join(' / ')),
      [
        'router isis core / no flex-algo 128',
        'no affinity-map blue bit-position 5',
        'no affinity-map red bit-position 0',
      ],
    )
  })

  it('finds nothing to do where all is there, and removes lines of a block of ours that nobody wants', () => {
    const there =
      'affinity-map blue bit-position 5\naffinity-map red bit-position 0\n!\nrouter isis core\n flex-algo 128\n  dataplane sr-mpls\n  advertise-definition\n  affinity exclude-any red blue\n  metric-type delay\n  priority 200\n exit\nexit\n'
    assert.deepEqual(lines(there, [flexAlgo]).commands, [])
    const more = there.replace('  priority', '  prefix-metric\n  priority')
    assert.deepEqual(lines(more, [flexAlgo]).commands, [
      { context: ['router isis core', 'flex-algo 128'], line: 'no prefix-metric' },
    ])
  })

  it('refuses what FRR has no words for', () => {
    const { refused } = expressForFrr(
      [
        {
          ...common,
          kind: 'segment-routing',
          id: 's',
          srgb: [
            { first: 1, size: 2 },
            { first: 9, size: 2 },
          ],
        },
      ],
      facts,
    )
    assert.equal(refused[0]?.code, 'NOT_EXPRESSIBLE')
  })

  it('finds two elements that want different lines in one place', () => {
    const lfa = (protects: 'link' | 'node'): PlanElement => ({
      ...common,
      kind: 'ti-lfa',
      id: `ti-lfa:${protects}`,
      interface: protects,
      protects,
    })
    const ospf: DeviceFacts = { ...facts, igp: { protocol: 'ospfv2' } }
    assert.deepEqual(
      expressForFrr([lfa('link'), lfa('node')], ospf).refused.map((error) => error.code),
      ['PLAN_CONFLICT'],
    )
    assert.deepEqual(expressForFrr([lfa('link'), lfa('node')], facts).refused, [])
  })

  it('adds affinities to those that a link has, and takes only the added ones back', () => {
    const element: PlanElement = {
      ...common,
      kind: 'link-attributes',
      id: 'link-attributes:r1:eth1',
      interface: 'eth1',
      affinities: [
        { name: 'red', bit: 0 },
        { name: 'blue', bit: 5 },
      ],
    }
    const there =
      'affinity-map blue bit-position 5\naffinity-map red bit-position 0\ninterface eth1\n link-params\n  enable\n  affinity red green\n  exit-link-params\nexit\nrouter isis core\n mpls-te on\nexit\n'
    const { commands, undo } = lines(there, [element])
    const context = ['interface eth1', 'link-params']
    assert.deepEqual(commands, [{ context, line: 'affinity blue' }])
    assert.deepEqual(undo, [{ context, line: 'no affinity blue' }])
  })

  it('ends link-params that it made with a command that FRR 8.4 has, too', () => {
    const element: PlanElement = {
      ...common,
      kind: 'link-attributes',
      id: 'link-attributes:r1:eth1',
      interface: 'eth1',
      delayUs: 1500,
    }
    const context = ['interface eth1', 'link-params']
    const made = lines('interface eth1\nexit\nrouter isis core\n mpls-te on\nexit\n', [element])
    assert.deepEqual(made.undo, [
      { context, line: 'no delay' },
      { context, line: 'no enable' },
    ])
    const there =
      'interface eth1\n link-params\n  enable\n  delay 9 min 9 max 9\n exit-link-params\nexit\nrouter isis core\n mpls-te on\nexit\n'
    assert.deepEqual(lines(there, [element]).undo, [{ context, line: 'delay 9 min 9 max 9' }])
  })

  it('refuses names of affinities that would be more than one word', () => {
    const element: PlanElement = {
      ...common,
      kind: 'link-attributes',
      id: 'link-attributes:r1:eth1',
      interface: 'eth1',
      affinities: [{ name: 'red bit-position 7', bit: 0 }],
    }
    assert.equal(expressForFrr([element], facts).refused[0]?.code, 'NOT_EXPRESSIBLE')
  })

  it('lets nothing into a command line that a shell would read', () => {
    assert.throws(() => vtyshArguments([{ context: [], line: "x'; reboot #" }]), { code: 'LINE_NOT_SAFE' })
    assert.throws(() => vtyshArguments([{ context: ['a\nb'], line: 'x' }]), { code: 'LINE_NOT_SAFE' })
    assert.equal(
      vtyshArguments([{ context: ['router isis 1'], line: 'segment-routing on' }]),
      "-c 'configure terminal' -c 'router isis 1' -c 'segment-routing on' -c 'end'",
    )
  })

  it('takes as many calls as a shell needs for thousands of commands, and keeps their order', () => {
    const commands = Array.from({ length: 5000 }, (_, i) => ({ context: ['interface lo'], line: `ip address ${i}` }))
    const calls = vtyshCalls(commands)
    assert.ok(calls.every((call) => call.length <= 64 * 1024))
    assert.ok(calls.length < 10)
    const lines = calls.flatMap((call) => [...call.matchAll(/'ip address (\d+)'/g)].map(([, number]) => Number(number)))
    assert.deepEqual(
      lines,
      commands.map((_, i) => i),
    )
    assert.deepEqual(vtyshCalls([]), [])
  })

  it('compares and removes tens of thousands of SIDs: a look through the whole block for each would take hours', () => {
    const elements = manySids(30_000)
    const { statements, owned } = expressForFrr(elements, facts)
    const blocks = new Map<string, string[]>()
    for (const { context, line } of statements) {
      const [block = ''] = context
      const there = blocks.get(block)
      if (there === undefined) blocks.set(block, [` ${line}`])
      else there.push(` ${line}`)
    }
    const running = parseConfig([...blocks].map(([block, lines]) => `${block}\n${lines.join('\n')}\nexit\n`).join(''))
    assert.deepEqual(diffConfig(running, statements, owned).commands, [])
    const sids = statements.filter(({ line }) => line.startsWith('segment-routing prefix '))
    assert.equal(sids.length, 30_000)
    assert.equal(diffFrrRemoval(running, sids, []).commands.length, 30_000)
  })

  it('begins every command at the top of the configuration: FRR 10 leaves link-params by itself after `no enable`', () => {
    const commands = [
      { context: ['interface eth1', 'link-params'], line: 'no enable' },
      { context: [], line: 'no affinity-map red bit-position 0' },
    ]
    assert.equal(
      vtyshArguments(commands),
      "-c 'configure terminal' -c 'interface eth1' -c 'link-params' -c 'no enable' -c 'end' " +
        "-c 'configure terminal' -c 'no affinity-map red bit-position 0' -c 'end'",
    )
  })
})
