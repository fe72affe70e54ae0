import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Behavior,
  behaviorNamed,
  behaviorOf,
  compressSids,
  encapsulate,
  formatIpv6,
  formatIpv6Prefix,
  igpTopology,
  isInPrefix,
  matchLength,
  parseIpv6,
  parseIpv6Prefix,
  processAt,
  type Srv6Hop,
  Srv6Network,
  type Srv6Sid,
  traceSrv6,
} from '../src/index.js'
import { at, graphOf, node } from './support/network.js'

function address(text: string): bigint {
  const value = parseIpv6(text)
  assert.ok(value !== undefined, text)
  return value
}

function behavior(name: string): Behavior {
  const found = behaviorNamed(name)
  assert.ok(found, name)
  return found
}

function sid(text: string, name: string, bits: readonly [number, number, number, number], more = {}): Srv6Sid {
  const [locatorBlockBits = 0, locatorNodeBits = 0, functionBits = 0, argumentBits = 0] = bits
  const structure = { locatorBlockBits, locatorNodeBits, functionBits, argumentBits }
  return { node: 0, sid: address(text), behavior: behavior(name), algorithm: 0, owner: text, structure, ...more }
}

test('addresses are written as RFC 5952 has them', () => {
  // source: RFC 5952 §2 and §4, their examples.
  const pairs = [
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:0db8::0001', '2001:db8::1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:DB8:0:0:0:0:2:1', '2001:db8::2:1'],
    ['::ffff:192.0.2.1', '::ffff:c000:201'],
    ['::', '::'],
  ]
  for (const [given = '', written = ''] of pairs) assert.equal(formatIpv6(address(given)), written)
  for (const bad of ['', ':', '1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', 'g::', '::1.2.3.256', '12345::'])
    assert.equal(parseIpv6(bad), undefined, bad)
  assert.equal(parseIpv6Prefix('2001:db8::/129'), undefined)
  const prefix = parseIpv6Prefix('2001:db8:ffff::1/33')
  assert.ok(prefix)
  assert.equal(formatIpv6Prefix(prefix), '2001:db8:8000::/33')
  assert.ok(isInPrefix(address('2001:db8:8001::'), prefix) && !isInPrefix(address('2001:db8:7fff::'), prefix))
})

test('behaviours are known by their code points', () => {
  // source: IANA "SRv6 Endpoint Behaviors", as tshark 4.0 prints it (tshark -G values) and RFC 9800 §4.
  const rows: [number, string][] = [
    [1, 'End'],
    [4, 'End with PSP & USP'],
    [20, 'End.DT46'],
    [29, 'End with PSP & USD'],
    [31, 'End with PSP, USP & USD'],
    [35, 'End.X with PSP, USP & USD'],
    [43, 'End with NEXT-CSID'],
    [48, 'End with NEXT-CSID, PSP & USD'],
    [50, 'End with NEXT-CSID, PSP, USP & USD'],
    [57, 'End.X with NEXT-CSID, PSP & USD'],
    [64, 'End.DT46 with NEXT-CSID'],
    [101, 'End with REPLACE-CSID'],
    [108, 'End.X with REPLACE-CSID, PSP & USP'],
    [120, 'End.DT46 with REPLACE-CSID'],
    [131, 'End with REPLACE-CSID, PSP, USP & USD'],
  ]
  for (const [code, name] of rows) assert.equal(behaviorOf(code)?.name, name)
  assert.equal(behaviorOf(25), undefined)
})

test('a compressed SID is installed without its argument', () => {
  // source: RFC 9800 §5.3, the two examples: nodes 10 (NEXT-CSID) and 20 (REPLACE-CSID).
  assert.equal(matchLength(sid('2001:db8:b1:10::', 'End with NEXT-CSID', [48, 16, 0, 64])), 64)
  assert.equal(matchLength(sid('2001:db8:b1:f123::', 'End.X with NEXT-CSID', [48, 0, 16, 64])), 64)
  assert.equal(matchLength(sid('2001:db8:b2:20:1::', 'End with REPLACE-CSID', [48, 16, 16, 48])), 80)
  assert.equal(matchLength(sid('2001:db8:b2:20:123::', 'End.X with REPLACE-CSID', [48, 16, 16, 48])), 80)
  assert.equal(matchLength(sid('2001:db8:a:1:1::', 'End', [32, 16, 16, 0])), 128)
})

/** S1 to S7 of the interoperability report; 16-bit C-SIDs for NEXT, 32-bit ones for REPLACE, a block of 48 bits. */
function reported(flavor: (number: number) => string): Srv6Sid[] {
  return [1, 2, 3, 4, 5, 6, 7].map((number) => {
    const name = flavor(number)
    const isNext = name.includes('NEXT')
    const text = isNext ? `2001:db8:b1:${number}::` : `2001:db8:b1:${number}:1::`
    return sid(text, name, isNext ? [48, 16, 0, 64] : [48, 16, 16, 48])
  })
}

test('lists are as short as those of the interoperability report', () => {
  // source: draft-ietf-spring-srv6-srh-compression, Interoperability Report (November 2020): the compressed list has
  // 3, 2 and 3 entries. S7, the receiver, is an uncompressed End.DT46 here, in scenario 2 one with NEXT-CSID.
  const length = (list: readonly Srv6Sid[]): number => {
    const carriers = compressSids(list)
    assert.ok(!('why' in carriers))
    return carriers.length
  }
  const mixed = (n: number): string =>
    n <= 2 ? 'End with REPLACE-CSID' : n === 3 ? 'End' : n === 7 ? 'End.DT46 with NEXT-CSID' : 'End with NEXT-CSID'
  assert.equal(length(reported(mixed)), 3)
  assert.equal(length(reported((n) => (n === 7 ? 'End.DT46 with NEXT-CSID' : 'End with NEXT-CSID'))), 2)
  assert.equal(length(reported((n) => (n === 7 ? 'End.DT46' : 'End with REPLACE-CSID'))), 3)
})

test('the source writes the list in reverse; reduced, without its first segment', () => {
  // source: RFC 8754 §4.1, §4.1.1 and RFC 8986 §5.1, §5.2: DA = S1, SRH (S3, S2, S1; SL=2), reduced (S3, S2; SL=2).
  const list = ['2001:db8:1::', '2001:db8:2::', '2001:db8:3::'].map(address)
  const whole = encapsulate(list, 'H.Encaps')
  assert.deepEqual(whole.header?.segments.map(formatIpv6), ['2001:db8:3::', '2001:db8:2::', '2001:db8:1::'])
  assert.equal(whole.header?.segmentsLeft, 2)
  const reduced = encapsulate(list, 'H.Encaps.Red')
  assert.equal(formatIpv6(reduced.destination), '2001:db8:1::')
  assert.deepEqual(reduced.header?.segments.map(formatIpv6), ['2001:db8:3::', '2001:db8:2::'])
  assert.equal(reduced.header?.segmentsLeft, 2)
  assert.equal(encapsulate(list.slice(0, 1), 'H.Encaps.Red').header, undefined)
})

test('PSP pops the header before the last segment, USD takes the outer header off at the end', () => {
  // source: RFC 8986 §4.16.1 and §4.16.3.
  const list = [address('2001:db8:1:1::'), address('2001:db8:2:1::')]
  const packet = encapsulate(list, 'H.Encaps.Red')
  const psp = processAt(sid('2001:db8:1:1::', 'End with PSP', [32, 16, 16, 0]), packet)
  assert.ok(psp.kind === 'onward' && psp.packet.header === undefined)
  const plain = processAt(sid('2001:db8:1:1::', 'End', [32, 16, 16, 0]), packet)
  assert.ok(plain.kind === 'onward' && plain.packet.header?.segmentsLeft === 0)
  assert.equal(processAt(sid('2001:db8:2:1::', 'End with USD', [32, 16, 16, 0]), plain.packet).kind, 'decapsulate')
  assert.equal(processAt(sid('2001:db8:2:1::', 'End with PSP', [32, 16, 16, 0]), plain.packet).kind, 'drop')
  assert.equal(processAt(sid('2001:db8:2:1::', 'End.DT46', [32, 16, 16, 0]), packet).kind, 'drop')
})

/** a - b - c - d in a row with compressed SIDs, and an End.X from b to c. */
function row(limits?: () => { maxSegmentsLeft: number; maxEndPop: number; maxHEncaps: number; maxEndD: number }) {
  const names = ['a', 'b', 'c', 'd']
  const graph = graphOf(
    names.map((name) => node(name)),
    ['ab', 'bc', 'cd'].map(([from = '', to = '']) => ({ from, to, metric: 1 })),
  )
  const sids = names.map((name, i) =>
    sid(`fcbb:bb00:${i + 1}::`, 'End with NEXT-CSID, PSP & USD', [32, 16, 0, 80], { node: at(graph, name) }),
  )
  const link = graph.links.find((one) => one.from === at(graph, 'b') && one.to === at(graph, 'c'))?.index ?? -1
  const cross = sid('fcbb:bb00:2:e000::', 'End.X with NEXT-CSID', [32, 16, 16, 64], {
    node: at(graph, 'b'),
    link,
    to: at(graph, 'c'),
  })
  const locators = names.map((name, i) => ({
    prefix: { value: address(`fcbb:bb00:${i + 1}::`), length: 48 },
    algorithm: 0,
    members: [{ node: at(graph, name), cost: 0 }],
    owner: name,
  }))
  const topologies = new Map([[0, igpTopology(graph)]])
  const parts = { graph, topologies, locators, sids: [...sids, cross], ...(limits === undefined ? {} : { limits }) }
  const network = new Srv6Network(parts)
  return { network, graph, sids, cross, a: at(graph, 'a') }
}

const said = (graph: { nodes: readonly { id: string }[] }, hop: Srv6Hop): string =>
  `${graph.nodes[hop.node]?.id} ${formatIpv6(hop.packet.destination)} ${hop.action}`

test('the carrier is shifted at each endpoint, and the last one decapsulates', () => {
  // source: RFC 9800 §4.1.1 by hand: block fcbb:bb00::/32, C-SIDs 2, 3, 4.
  const { network, graph, sids, a } = row()
  const carriers = compressSids(sids.slice(1))
  assert.ok(!('why' in carriers))
  const trace = traceSrv6(
    network,
    a,
    encapsulate(
      carriers.map((carrier) => carrier.address),
      'H.Encaps.Red',
    ),
  )
  assert.deepEqual(
    trace.hops.map((hop) => said(graph, hop)),
    [
      'a fcbb:bb00:2:3:4:: forward',
      'b fcbb:bb00:2:3:4:: shift',
      'b fcbb:bb00:3:4:: forward',
      'c fcbb:bb00:3:4:: shift',
      'c fcbb:bb00:4:: forward',
      'd fcbb:bb00:4:: deliver',
    ],
  )
})

test('an End.X sends over its own link, and is gone with it', () => {
  const { network, graph, sids, cross, a } = row()
  const carriers = compressSids([cross, sids[3] as Srv6Sid])
  assert.ok(!('why' in carriers))
  const packet = encapsulate(
    carriers.map((carrier) => carrier.address),
    'H.Encaps.Red',
  )
  assert.deepEqual(
    traceSrv6(network, a, packet).hops.map((hop) => said(graph, hop)),
    [
      'a fcbb:bb00:2:e000:4:: forward',
      'b fcbb:bb00:2:e000:4:: shift',
      'c fcbb:bb00:4:: forward',
      'd fcbb:bb00:4:: deliver',
    ],
  )
  const broken = network.without({ links: new Set([cross.link ?? -1]) })
  assert.equal(traceSrv6(broken, a, packet).hops.at(-1)?.action, 'drop')
})

test('an endpoint takes no header that is larger than its MSDs say', () => {
  // source: RFC 9352 §4.1 and §4.4: Segments Left 1 on arrival, two entries to take off.
  const uncompressed = (limit: { maxSegmentsLeft: number; maxEndPop: number; maxEndD: number }) => {
    const { network, sids, a } = row(() => ({ ...limit, maxHEncaps: 9 }))
    const packet = encapsulate([sids[1]?.sid ?? 0n, sids[3]?.sid ?? 0n], 'H.Encaps')
    return traceSrv6(network, a, packet).hops.at(-1)
  }
  assert.match(uncompressed({ maxSegmentsLeft: 0, maxEndPop: 9, maxEndD: 9 })?.why ?? '', /MSD type 41/)
  assert.match(uncompressed({ maxSegmentsLeft: 9, maxEndPop: 1, maxEndD: 9 })?.why ?? '', /MSD type 42/)
  assert.equal(uncompressed({ maxSegmentsLeft: 1, maxEndPop: 2, maxEndD: 0 })?.action, 'deliver')
})
