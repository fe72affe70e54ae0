import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { diffDevice, runTransaction } from '@segchain/netconf-push'
import type { PlanElement } from '@segchain/records'
import { type FrrRouter, frrMissing, labRoot, startFrr } from '../src/index.js'
import { inventoryDevice, optionsFor, prefixSid, silent } from './support.js'

const common = { device: 'r1', step: 1, reason: { text: 'a test', intents: [] } }
const loopback = (prefix: string, number: number): PlanElement => ({
  ...common,
  kind: 'loopback',
  id: `loopback:${prefix}`,
  prefix,
  number,
})
function nodeSid(prefix: string, index: number): PlanElement {
  const element = prefixSid('r1', prefix, 0, index)
  return element.kind === 'prefix-sid' ? { ...element, nodeFlag: true, anycast: false } : element
}
const red = { name: 'red', bit: 0 }

/** What every FRR takes. */
const elements: readonly PlanElement[] = [
  {
    ...common,
    kind: 'segment-routing',
    id: 'segment-routing:r1',
    srgb: [{ first: 20_000, size: 4000 }],
    srlb: [{ first: 15_000, size: 500 }],
    igp: { protocol: 'isis-l1' },
  },
  loopback('10.254.0.1/32', 1),
  nodeSid('10.254.0.1/32', 101),
  loopback('10.254.0.2/32', 2),
  prefixSid('r1', '10.254.0.2/32', 0, 102),
  { ...common, kind: 'link-attributes', id: 'link-attributes:r1:eth1', interface: 'eth1', delayUs: 1500 },
  { ...common, kind: 'ti-lfa', id: 'ti-lfa:r1:eth1', interface: 'eth1', protects: 'node' },
  {
    ...common,
    kind: 'sr-policy',
    id: 'sr-policy:r1:100:10.255.0.4',
    headend: 'node:isis-l1/0:0000.0000.0001',
    color: 100,
    endpoint: '10.255.0.4',
    name: 'chain-100',
    chain: 'chain',
    services: [],
    candidatePaths: [
      {
        name: 'chain',
        preference: 100,
        segmentLists: [
          {
            weight: 1,
            cost: 10,
            hops: [],
            segments: [20_003, 20_004].map((label) => ({
              label,
              type: 'node-sid' as const,
              nodes: [],
              reason: 'a test',
            })),
          },
        ],
      },
    ],
    bindingSid: 30_400,
    rejected: [],
  },
]

function definition(algorithm: number, metricType: number): PlanElement {
  return {
    ...common,
    kind: 'flex-algo',
    id: `flex-algo:r1:${algorithm}`,
    algorithm,
    definition: {
      metricType,
      calculationType: 0,
      priority: 200,
      excludeAny: [red],
      includeAny: [],
      includeAll: [],
      excludeSrlgs: [],
      prefixMetric: false,
    },
  }
}

/** What FRR has since version 9. 10.7 advertises a definition by delay, and does not take part in it. */
const flexAlgo: readonly PlanElement[] = [
  definition(128, 0),
  definition(129, 1),
  { ...common, kind: 'link-attributes', id: 'affinities:r1:eth1', interface: 'eth1', affinities: [red] },
  loopback('10.254.0.3/32', 3),
  prefixSid('r1', '10.254.0.3/32', 128, 103),
]

/**
 * There from the start: isisd learns addresses from zebra in its own time, and sets the N-flag only of a SID whose
 * address it knew when the SID came.
 */
const addresses = ['10.254.0.1/32']

const inDatabase = [
  /Global Block Base: 20000 Range: 4000/,
  /Local Block Base: 15000 Range: 500/,
  /10\.254\.0\.1\/32[\s\S]*?SR Prefix-SID Index: 101, Algorithm: 0, Flags: [^\n]*NODE[^\n]*NO-PHP/,
  // No N-flag: what several nodes have identifies none of them.
  /10\.254\.0\.2\/32[\s\S]*?SR Prefix-SID Index: 102, Algorithm: 0, Flags: (?![^\n]*NODE)[^\n]*NO-PHP/,
]
const flexInDatabase = [
  /Flex-Algo Definition: 128\s+Metric-Type: 0[\s\S]*?Priority: 200\s+Exclude-Any: 0x00000001/,
  /Flex-Algo Definition: 129\s+Metric-Type: 1/,
  /SR Prefix-SID Index: 103, Algorithm: 128/,
]

for (const [what, root, more, seen] of [
  ['FRR', '', [], inDatabase],
  ['FRR 10 with Flex-Algo', labRoot(), flexAlgo, [...inDatabase, ...flexInDatabase]],
] as const) {
  const missing = frrMissing(root)
  describe(`${what}: everything that it can be told`, () => {
    let router: FrrRouter | undefined
    let atFirst = ''
    before(async () => {
      if (missing !== undefined) return
      router = await startFrr({ root, daemons: ['pathd'], addresses })
      atFirst = router.show('show running-config')
    })
    after(() => router?.stop())

    function setting(t: TestContext) {
      if (router === undefined) {
        if (process.env.SEGCHAIN_REQUIRE_PEERS === '1' && root === '') assert.fail(missing)
        t.skip(missing)
        return undefined
      }
      const device = {
        ...inventoryDevice('r1', router.port, router.keyFile),
        dialect: 'frr',
        igpInstance: 'core',
        pathspace: router.pathspace,
      }
      const plan = { device, elements: [...elements, ...more] }
      return { router, plan, options: optionsFor([device], router.knownHosts) }
    }

    async function database(frr: FrrRouter, patterns: readonly RegExp[], there: boolean): Promise<void> {
      const right = (text: string) => patterns.every((pattern) => pattern.test(text) === there)
      let text = ''
      for (let tries = 0; tries < 150; tries++) {
        text = frr.show('show isis database detail')
        if (right(text)) return
        await sleep(100)
      }
      const wrong = patterns.filter((pattern) => pattern.test(text) !== there)
      assert.fail(`${there ? 'missing' : 'still there'}: ${wrong.join(' ')}\n${text}`)
    }

    it('is in the link-state database after a commit, and gone after the roll-back', async (t) => {
      const set = setting(t)
      if (set === undefined) return
      const { router: frr, plan, options } = set
      const before = frr.show('show running-config')
      const probe = async (): Promise<void> => {
        await database(frr, seen, true)
        throw new Error('no light')
      }
      const { outcomes } = await runTransaction([plan], { ...options, probe }, silent)
      assert.equal(outcomes[0]?.error?.message, 'no light')
      assert.equal(withoutEmptyBlocks(frr.show('show running-config')), withoutEmptyBlocks(before))
      await database(frr, [/SR Prefix-SID/, /Block Base/, /Flex-Algo Definition/], false)
    })

    it('is there after apply, links and policies too, and a second apply has nothing to do', async (t) => {
      const set = setting(t)
      if (set === undefined) return
      const { router: frr, plan, options } = set
      const { outcomes } = await runTransaction([plan], options, silent)
      assert.equal(outcomes[0]?.error, undefined)
      assert.deepEqual([outcomes[0]?.status, outcomes[0]?.verified], ['applied', true])
      await database(frr, seen, true)
      const config: string = frr.show('show running-config')
      assert.match(config, /delay 1500 min 1500 max 1500/)
      assert.match(config, /isis fast-reroute ti-lfa level-1 node-protection link-fallback/)
      assert.match(frr.show('show sr-te policy detail'), /Endpoint: 10\.255\.0\.4 +Color: 100 [\s\S]*BSID: 30400/)
      assert.equal((await diffDevice(plan, options, silent)).status, 'unchanged')
    })

    it('is gone after it was removed, but for what another plan still needs; a second removal has nothing to do', async (t) => {
      const set = setting(t)
      if (set === undefined) return
      const { router: frr, plan, options } = set
      // Stands by itself also where this test runs alone.
      await runTransaction([plan], options, silent)
      const needed = plan.elements.filter(({ kind }) => kind === 'segment-routing')
      // Its address was there before us.
      const ours = plan.elements.filter(({ id }) => id !== 'loopback:10.254.0.1/32')
      const part = { ...plan, elements: needed, removing: ours }
      const first = await runTransaction([part], options, silent)
      assert.deepEqual([first.outcomes[0]?.error, first.outcomes[0]?.verified], [undefined, true])
      await database(frr, [/Global Block Base: 20000 Range: 4000/], true)
      await database(frr, [/SR Prefix-SID/, /Flex-Algo Definition/], false)
      const rest = { ...plan, elements: [], removing: needed }
      const second = await runTransaction([rest], options, silent)
      assert.deepEqual([second.outcomes[0]?.error, second.outcomes[0]?.status], [undefined, 'applied'])
      await database(frr, [/Block Base/], false)
      // What the router itself needs stays: lo in IS-IS, and traffic engineering.
      assert.equal(withoutEmptyBlocks(frr.show('show running-config')), withoutEmptyBlocks(atFirst))
      const third = await runTransaction([{ ...rest, removing: ours }], options, silent)
      assert.equal(third.outcomes[0]?.status, 'unchanged')
    })
  })
}

/** FRR keeps `segment-routing` and `traffic-eng`, once they have been entered. */
function withoutEmptyBlocks(config: string): string {
  return config.replace(/segment-routing\n traffic-eng\n exit\nexit\n!\n/, '')
}

describe('FRR with OSPF', () => {
  const absent = frrMissing()
  let router: FrrRouter | undefined
  before(async () => {
    if (absent === undefined) router = await startFrr({ igp: 'ospf', daemons: ['pathd'] })
  })
  after(() => router?.stop())

  it('has label blocks, link delay, TI-LFA and policies after apply, and nothing of them after a roll-back', async (t) => {
    if (router === undefined) {
      if (process.env.SEGCHAIN_REQUIRE_PEERS === '1') assert.fail(absent)
      return t.skip(absent)
    }
    const frr = router
    const device = {
      ...inventoryDevice('r1', frr.port, frr.keyFile),
      dialect: 'frr',
      igpInstance: 'default',
      pathspace: frr.pathspace,
    }
    const ofOspf = elements
      .filter((element) => element.kind !== 'prefix-sid' && element.kind !== 'loopback')
      .map((element) =>
        element.kind === 'segment-routing'
          ? { ...element, igp: { protocol: 'ospfv2' as const, areaId: '0.0.0.0' } }
          : element,
      )
    const plan = { device, elements: ofOspf }
    const options = optionsFor([device], frr.knownHosts)
    const before = frr.show('show running-config')
    const probe = (): Promise<void> => Promise.reject(new Error('no light'))
    const undone = await runTransaction([plan], { ...options, probe }, silent)
    assert.equal(undone.outcomes[0]?.error?.message, 'no light')
    assert.equal(withoutEmptyBlocks(frr.show('show running-config')), withoutEmptyBlocks(before))
    const { outcomes } = await runTransaction([plan], options, silent)
    assert.deepEqual([outcomes[0]?.error, outcomes[0]?.verified], [undefined, true])
    const config = frr.show('show running-config')
    assert.match(config, /router ospf[\s\S]* fast-reroute ti-lfa node-protection/)
    assert.match(config, / segment-routing global-block 20000 23999 local-block 15000 15499/)
  })
})
