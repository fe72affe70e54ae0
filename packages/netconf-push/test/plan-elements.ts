import type { PlanElement } from '@segchain/records'

const common = { device: 'r1', step: 1, reason: { text: 'a test', intents: [] } }

/** One element of each kind that routers take, for a node SID, a SID of a Flex-Algo and its definition. */
export const sampleElements: readonly PlanElement[] = [
  {
    ...common,
    kind: 'segment-routing',
    id: 'segment-routing:r1',
    srgb: [{ first: 16000, size: 8000 }],
    srlb: [{ first: 15000, size: 1000 }],
  },
  { ...common, kind: 'loopback', id: 'loopback:r1:1', prefix: '10.254.0.1/32', number: 1 },
  { ...common, kind: 'loopback', id: 'loopback:r1:2', prefix: '2001:db8::1/128', number: 2 },
  sid('10.254.0.1/32', 0, 101, 'no-php'),
  sid('10.254.0.1/32', 128, 201, 'php'),
  sid('2001:db8::1/128', 0, 301, 'explicit-null'),
  {
    ...common,
    kind: 'flex-algo',
    id: 'flex-algo:r1:128',
    algorithm: 128,
    definition: {
      metricType: 1,
      calculationType: 0,
      priority: 200,
      excludeAny: [{ name: 'red', bit: 0 }],
      includeAny: [{ name: 'blue', bit: 33 }],
      includeAll: [],
      excludeSrlgs: [],
      prefixMetric: false,
    },
  },
]

function sid(
  prefix: string,
  algorithm: number,
  index: number,
  lastHopBehavior: 'php' | 'no-php' | 'explicit-null',
): PlanElement {
  return {
    ...common,
    kind: 'prefix-sid',
    id: `prefix-sid:r1:${prefix}:${algorithm}`,
    prefix,
    algorithm,
    index,
    label: 16000 + index,
    lastHopBehavior,
    nodeFlag: true,
    anycast: false,
  }
}
