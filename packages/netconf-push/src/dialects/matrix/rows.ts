import type { FlexAlgoDefinitionIntent, PlanElement, SegmentList } from '@segchain/records'

/** Something that a plan may ask of a router, and a smallest example of it. */
export interface Row {
  readonly name: string
  readonly elements: readonly PlanElement[]
}

const common = { device: 'r1', step: 1, reason: { text: 'an example', intents: [] } }
const range = { first: 16_000, size: 8000 }
const INTERFACE = 'ge-0/0/1.0'

function segmentRouting(srgb = [range], srlb: readonly { first: number; size: number }[] = []): PlanElement {
  return {
    ...common,
    kind: 'segment-routing',
    id: 'segment-routing:r1',
    srgb,
    ...(srlb.length === 0 ? {} : { srlb: [...srlb] }),
  }
}

type SidOptions = Partial<
  Pick<Extract<PlanElement, { kind: 'prefix-sid' }>, 'lastHopBehavior' | 'nodeFlag' | 'anycast'>
>

function sid(
  number: number,
  algorithm: number,
  options: SidOptions = {},
  prefix = `10.254.0.${number}/32`,
): PlanElement[] {
  return [
    { ...common, kind: 'loopback', id: `loopback:r1:${prefix}`, prefix, number },
    {
      ...common,
      kind: 'prefix-sid',
      id: `prefix-sid:r1:${prefix}:${algorithm}`,
      prefix,
      algorithm,
      index: 1000 + number,
      label: 17_000 + number,
      lastHopBehavior: 'php',
      nodeFlag: true,
      anycast: false,
      ...options,
    },
  ]
}

function flexAlgo(algorithm: number, definition?: Partial<FlexAlgoDefinitionIntent>): PlanElement {
  const nothing = { excludeAny: [], includeAny: [], includeAll: [], excludeSrlgs: [] }
  return {
    ...common,
    kind: 'flex-algo',
    id: `flex-algo:r1:${algorithm}`,
    algorithm,
    ...(definition === undefined
      ? {}
      : {
          definition: {
            metricType: 0,
            calculationType: 0,
            priority: 200,
            ...nothing,
            prefixMetric: false,
            ...definition,
          },
        }),
  }
}

function list(weight: number, labels: readonly number[]): SegmentList {
  return {
    weight,
    cost: 10,
    hops: [],
    segments: labels.map((label) => ({ label, type: 'node-sid', nodes: [], reason: 'an example' })),
  }
}

function policy(color: number, paths: readonly (readonly SegmentList[])[], bindingSid?: number): PlanElement {
  return {
    ...common,
    kind: 'sr-policy',
    id: `sr-policy:r1:${color}:10.0.0.4`,
    headend: 'node:isis-l2/0:0000.0000.0001',
    color,
    endpoint: '10.0.0.4',
    name: `chain-${color}`,
    chain: 'chain',
    services: [],
    candidatePaths: paths.map((lists, index) => ({
      name: `chain-${index + 1}`,
      preference: 200 - 100 * index,
      segmentLists: [...lists],
    })),
    rejected: [],
    ...(bindingSid === undefined ? {} : { bindingSid }),
  }
}

const red = { name: 'red', bit: 0 }
const blue = { name: 'blue', bit: 5 }
const link = (name: string) => ({ ...common, id: `${name}:r1:${INTERFACE}`, interface: INTERFACE })

/** In the order of the page. Numbers differ from row to row, so that all of them make one configuration too. */
export const rows: readonly Row[] = [
  { name: 'SRGB', elements: [segmentRouting()] },
  { name: 'SRGB of two ranges', elements: [segmentRouting([range, { first: 40_000, size: 1000 }])] },
  { name: 'SRLB', elements: [segmentRouting([range], [{ first: 30_000, size: 1000 }])] },
  { name: 'prefix-SID', elements: sid(1, 0) },
  { name: 'prefix-SID, IPv6', elements: sid(2, 0, {}, '2001:db8::1/128') },
  { name: 'prefix-SID, no PHP', elements: sid(3, 0, { lastHopBehavior: 'no-php' }) },
  { name: 'prefix-SID, explicit null', elements: sid(4, 0, { lastHopBehavior: 'explicit-null' }) },
  { name: 'prefix-SID, strict SPF', elements: sid(5, 1) },
  { name: 'prefix-SID of a Flex-Algo', elements: sid(6, 128) },
  { name: 'prefix-SID of a Flex-Algo, no PHP', elements: sid(7, 128, { lastHopBehavior: 'no-php' }) },
  { name: 'anycast loopback and SID (N-flag clear)', elements: sid(8, 0, { nodeFlag: false, anycast: true }) },
  {
    name: 'adjacency-SID',
    elements: [
      { ...link('adjacency-sid'), kind: 'adjacency-sid', label: 30_001, neighbor: '192.0.2.2', protected: false },
    ],
  },
  {
    name: 'adjacency-SID, protected',
    elements: [
      { ...link('adjacency-sid-2'), kind: 'adjacency-sid', label: 30_002, neighbor: '192.0.2.2', protected: true },
    ],
  },
  { name: 'taking part in a Flex-Algo', elements: [flexAlgo(129)] },
  {
    name: 'Flex-Algo definition: delay, affinities',
    elements: [flexAlgo(128, { metricType: 1, excludeAny: [red], includeAny: [blue], includeAll: [blue] })],
  },
  { name: 'Flex-Algo definition: TE metric', elements: [flexAlgo(130, { metricType: 2 })] },
  {
    name: 'Flex-Algo definition: affinity above bit 31',
    elements: [flexAlgo(131, { excludeAny: [{ name: 'far', bit: 40 }] })],
  },
  { name: 'Flex-Algo definition: SRLGs', elements: [flexAlgo(132, { excludeSrlgs: [7] })] },
  { name: 'Flex-Algo definition: prefix metric', elements: [flexAlgo(133, { prefixMetric: true })] },
  { name: 'link delay', elements: [{ ...link('link-delay'), kind: 'link-attributes', delayUs: 1500 }] },
  { name: 'link affinities', elements: [{ ...link('affinities'), kind: 'link-attributes', affinities: [red, blue] }] },
  { name: 'TI-LFA for links', elements: [{ ...link('ti-lfa'), kind: 'ti-lfa', protects: 'link' }] },
  { name: 'TI-LFA for nodes', elements: [{ ...link('ti-lfa-2'), kind: 'ti-lfa', protects: 'node' }] },
  { name: 'SR Policy', elements: [policy(100, [[list(1, [17_001, 17_002])]])] },
  { name: 'SR Policy, weighted lists', elements: [policy(101, [[list(1, [17_001]), list(3, [17_002])]])] },
  { name: 'SR Policy, two candidate paths', elements: [policy(102, [[list(1, [17_001])], [list(1, [17_002])]])] },
  { name: 'binding-SID', elements: [policy(103, [[list(1, [17_001])]], 30_900)] },
]
