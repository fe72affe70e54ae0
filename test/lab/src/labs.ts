import type { Lab } from './lab.js'

const router = (number: number) => ({ number })

/** Six routers of equal links: r1-r2-r3-r4, r1-r5-r6-r4 and r2-r5; 2-3 is red. Many paths are equal. */
const ring: Lab = {
  name: 'ring',
  title: 'six routers in a ring with a cross link, all metrics 10; the link 2-3 is red',
  repairs: true,
  routers: [1, 2, 3, 4, 5, 6].map(router),
  links: [
    { ends: [1, 2], metric: 10 },
    { ends: [2, 3], metric: 10, red: true },
    { ends: [3, 4], metric: 10 },
    { ends: [1, 5], metric: 10 },
    { ends: [5, 6], metric: 10 },
    { ends: [6, 4], metric: 10 },
    { ends: [2, 5], metric: 10 },
  ],
  probes: [
    {
      from: 1,
      to: 4,
      stack: [
        { node: 3, algorithm: 0 },
        { node: 4, algorithm: 0 },
      ],
    },
    {
      from: 1,
      to: 4,
      stack: [
        { node: 6, algorithm: 128 },
        { node: 4, algorithm: 128 },
      ],
    },
    { from: 1, to: 3, stack: [{ node: 3, algorithm: 128 }] },
    {
      from: 1,
      to: 4,
      stack: [
        { node: 5, algorithm: 0 },
        { adjacency: 5, link: 7, neighbor: 2 },
        { node: 3, algorithm: 0 },
        { node: 4, algorithm: 0 },
      ],
    },
  ],
}

/** The same six routers, with metrics that leave one way after each failure: repairs that need segments. */
const repairs: Lab = {
  name: 'repairs',
  title: 'the same six routers with unequal metrics, for TI-LFA repairs that have no choice; the link 1-5 is red',
  repairs: true,
  routers: [1, 2, 3, 4, 5, 6].map(router),
  links: [
    { ends: [1, 2], metric: 10 },
    { ends: [2, 3], metric: 10 },
    { ends: [3, 4], metric: 15 },
    { ends: [1, 5], metric: 10, red: true },
    { ends: [5, 6], metric: 60 },
    { ends: [6, 4], metric: 10 },
    { ends: [2, 5], metric: 100 },
  ],
  probes: [
    {
      from: 2,
      to: 3,
      stack: [
        { node: 5, algorithm: 0 },
        { adjacency: 5, link: 5, neighbor: 6 },
        { node: 3, algorithm: 0 },
      ],
    },
    { from: 1, to: 6, stack: [{ node: 6, algorithm: 128 }] },
    // The repair of r1 for r2 when 1-2 fails: as path-engine says it, and as FRR does.
    {
      from: 1,
      to: 2,
      stack: [
        { adjacency: 5, link: 5, neighbor: 6 },
        { node: 2, algorithm: 0 },
      ],
      via: { link: 4, neighbor: 5 },
    },
    {
      from: 1,
      to: 2,
      stack: [
        { node: 5, algorithm: 0 },
        { adjacency: 5, link: 5, neighbor: 6 },
        { node: 2, algorithm: 0 },
      ],
      via: { link: 4, neighbor: 5 },
      lost: 'FRR begins with the node-SID of the neighbour that gets the packet, which has no row for its own label',
    },
  ],
}

/** Everything that makes a table hard to predict: parallel links, a LAN, unequal SRGBs and metrics, one router outside. */
const mixed: Lab = {
  name: 'mixed',
  title: 'parallel links, a LAN of three, unequal SRGBs and metrics; r7 is not in the Flex-Algo',
  repairs: false,
  routers: [
    { number: 1 },
    { number: 2, srgb: 20000 },
    { number: 3, srgb: 30000 },
    { number: 4 },
    { number: 5, srgb: 50000 },
    { number: 6 },
    { number: 7, flexAlgo: false },
  ],
  links: [
    { ends: [1, 2], metric: 10 },
    { ends: [1, 2], metric: 10 },
    { ends: [1, 2], metric: 30, red: true },
    { ends: [2, 3, 4], metric: 10 },
    { ends: [3, 5], metric: 40 },
    { ends: [4, 5], metric: 10, red: true },
    { ends: [5, 6], metric: 15 },
    { ends: [6, 1], metric: 100 },
    { ends: [4, 7], metric: 10 },
    { ends: [7, 6], metric: 10 },
  ],
  probes: [
    {
      from: 1,
      to: 5,
      stack: [
        { node: 3, algorithm: 0 },
        { node: 5, algorithm: 0 },
      ],
    },
    {
      from: 1,
      to: 6,
      stack: [
        { node: 2, algorithm: 128 },
        { node: 6, algorithm: 128 },
      ],
    },
    {
      from: 1,
      to: 5,
      stack: [
        { node: 2, algorithm: 0 },
        { adjacency: 2, link: 4, neighbor: 3 },
        { adjacency: 3, link: 5, neighbor: 5 },
      ],
    },
    { from: 1, to: 2, stack: [{ adjacency: 1, link: 3, neighbor: 2 }] },
  ],
}

/** The routers and links of the ring, with what sr-compiler makes of these intents. */
function onRing(intents: string): Pick<Lab, 'repairs' | 'routers' | 'links' | 'compiled'> {
  return { repairs: false, routers: ring.routers, links: ring.links, compiled: { intents, base: 'ring' } }
}

/** The ring with the intents of examples/cloud-gaming on it: services are anycast prefix-SIDs without PHP. */
const chain: Lab = {
  name: 'chain',
  title: 'the ring with the plan that sr-compiler makes of examples/cloud-gaming; links fail',
  ...onRing('examples/cloud-gaming'),
  probes: [
    { from: 1, to: 4, stack: { color: 100 } },
    // The shared way from r2 to the nearest features.
    { from: 1, to: 4, stack: { color: 100 }, down: 7 },
    // One of the two equal ways to detect.
    { from: 1, to: 4, stack: { color: 100 }, down: 1 },
    { from: 1, to: 4, stack: { color: 100 }, down: 4 },
    { from: 1, to: 4, stack: { color: 100 }, down: 6, lost: 'r6-r4 is the only way to r4 that is not red' },
  ],
}

/** The same with intents of the lab itself: stacks that Linux shares over equal paths, algorithm 0, pinned instances. */
const chains: Lab = {
  name: 'chains',
  title: 'the ring with the plan that sr-compiler makes of test/lab/intents',
  ...onRing('test/lab/intents'),
  probes: [
    { from: 1, to: 4, stack: { color: 10 } },
    { from: 1, to: 4, stack: { color: 20 } },
    { from: 1, to: 4, stack: { color: 30 } },
    { from: 3, to: 1, stack: { color: 40 } },
    { from: 1, to: 4, stack: { color: 20 }, down: 2 },
  ],
}

export const labs: readonly Lab[] = [ring, repairs, mixed, chain, chains]
