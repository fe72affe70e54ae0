import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { PlanElement } from '@segchain/records'
import { ietf } from '../src/dialects/ietf/index.js'
import { type DeviceFacts, expressAll } from '../src/dialects/index.js'
import { diffTrees } from '../src/diff/index.js'
import { toXml } from '../src/model/index.js'
import { manySids } from './support/many-sids.js'

const reason = { text: 'a test', intents: [] }
const common = { device: 'r1', step: 1, reason }
const facts: DeviceFacts = {
  device: 'r1',
  igpInstance: 'core',
  igp: { protocol: 'isis-l2' },
  policies: 'config',
  loopbacks: new Map(),
}

function flexAlgo(bits: readonly number[], metricType = 1): PlanElement {
  return {
    ...common,
    kind: 'flex-algo',
    id: 'flex-algo:r1:128',
    algorithm: 128,
    definition: {
      metricType,
      calculationType: 0,
      priority: 200,
      excludeAny: bits.map((bit) => ({ name: `bit-${bit}`, bit })),
      includeAny: [],
      includeAll: [],
      excludeSrlgs: [7],
      prefixMetric: true,
    },
  }
}

describe('dialect ietf', () => {
  it('says a Flex-Algo definition as an entry of isis-flex-algo', () => {
    const { wanted, refused } = expressAll(ietf, [flexAlgo([0, 33])], facts)
    assert.deepEqual(refused, [])
    const xml = toXml(wanted, ietf.modules)
    assert.match(xml, /<exclude-admin-groups>00:00:00:02:00:00:00:01</)
    assert.match(xml, /<type xmlns:id="urn:ietf:params:xml:ns:yang:ietf-isis">id:isis<\/type><name>core</)
  })

  it('says and compares more SIDs than a call has arguments: put together one by one they would take hours', () => {
    const elements = manySids(150_000)
    const { wanted, refused } = expressAll(ietf, elements, facts)
    assert.deepEqual(refused, [])
    assert.deepEqual(diffTrees(wanted, wanted).differences, [])
    assert.ok(diffTrees([], wanted).differences.length >= elements.length)
  })

  it('refuses a metric-type that has no identity', () => {
    const { refused } = expressAll(ietf, [flexAlgo([], 128)], facts)
    assert.equal(refused[0]?.code, 'NOT_EXPRESSIBLE')
  })

  it('leaves policies, steering and proxies to other tools', () => {
    const element: PlanElement = {
      ...common,
      kind: 'proxy-entry',
      id: 'proxy-entry:r1:1',
      label: 100,
      service: 's',
      instance: 'i',
      behavior: 'End.AD',
      attachment: 'eth0',
    }
    const { elsewhere, wanted } = expressAll(ietf, [element], facts)
    assert.equal(elsewhere.length, 1)
    assert.deepEqual(wanted, [])
  })

  it('finds two elements that want different things of one entry', () => {
    const srgb = (size: number): PlanElement => ({
      ...common,
      kind: 'prefix-sid',
      id: `prefix-sid:${size}`,
      prefix: '10.0.0.1/32',
      algorithm: 0,
      index: size,
      label: 16000 + size,
      lastHopBehavior: 'php',
      nodeFlag: true,
      anycast: false,
    })
    const { refused } = expressAll(ietf, [srgb(1), srgb(2)], facts)
    assert.equal(refused[0]?.code, 'PLAN_CONFLICT')
  })

  it('writes keys first, and identities with a prefix of their own', () => {
    const { wanted } = expressAll(ietf, [flexAlgo([])], facts)
    const xml = toXml(wanted, ietf.modules)
    assert.match(xml, /<flex-algo><algo-number>128<\/algo-number>/)
    assert.match(xml, /<metric-type xmlns:id="urn:ietf:params:xml:ns:yang:iana-igp-metric-types">id:min-uni/)
  })
})
