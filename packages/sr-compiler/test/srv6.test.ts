import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snapshotOf } from '@segchain/path-engine'
import { canonicalJson, type StreamRecord, validateRecord } from '@segchain/records'
import { singleFailures } from '../src/analysis/events.js'
import { explain } from '../src/analysis/explain.js'
import { srv6ImpactOf } from '../src/analysis/impact-srv6.js'
import { traceSrv6Policy } from '../src/analysis/trace-srv6.js'
import { buildModel } from '../src/compile/model.js'
import { Problems } from '../src/compile/problems.js'
import { compile, formatLock, parseIntents, parseLock } from '../src/index.js'
import { compileFiles, exampleFiles, exampleLock, filesOf, labRecords, labTopology, lockOf } from './support/lab.js'

const text = (file: string): string => exampleFiles().find((one) => one.file === file)?.text ?? ''
const blocks = '{"0": "fcbb:bb00::/32", "128": "fcbb:bb01::/32"}'
const network = (extra = ''): string => `${text('network.yaml')}  srv6: { blocks: ${blocks}${extra} }\n`
const chain = (plane: string, bounds = 'bounds: { delayUs: 10000 }'): string =>
  text('chain.yaml').replace(/bounds: .*/, `${bounds}\n  dataPlane: ${plane}`)
const speaking = text('devices.yaml').replaceAll('igpInstance: "1"', 'igpInstance: "1", srv6: true')
const srv6Files = (changes: Readonly<Record<string, string>> = {}) =>
  exampleFiles({ 'network.yaml': network(), 'chain.yaml': chain('srv6'), 'devices.yaml': speaking, ...changes })

function policyOf(files: ReturnType<typeof exampleFiles>, topology = labTopology()) {
  const { plan, errors } = compileFiles(files, { topology })
  assert.deepEqual(errors, [])
  for (const element of plan?.elements ?? []) validateRecord('segchain.plan/1', element)
  const policy = plan?.elements.find((element) => element.kind === 'srv6-policy')
  return { plan, policy: policy?.kind === 'srv6-policy' ? policy : undefined }
}

test('the example chain in micro-SIDs: six segments in one carrier, and the way that label stacks take', () => {
  // source: worked by hand. Services are given 8000 and on in the order of their names (aggregate, check, classify,
  // classify-deep, detect, features), r4 comes after them; algorithm 128 has the block fcbb:bb01::/32. Six C-SIDs of
  // 16 bits and the block are 128 bits. The way is that of cloud-gaming.test.ts: cost 40, 4000 us.
  const { plan, policy } = policyOf(srv6Files())
  assert.ok(policy)
  const [list] = policy.candidatePaths[0]?.segmentLists ?? []
  assert.deepEqual(list?.carriers, ['fcbb:bb01:8004:8005:8001:8002:8000:8006'])
  assert.equal(list.cost, 40)
  assert.equal(list.delayUs, 4000)
  assert.equal(policy.encapsulation, 'H.Encaps.Red')
  assert.deepEqual(
    list.segments.map(({ sid, behavior }) => [sid, behavior]),
    [
      ['fcbb:bb01:8004::', 'switch with NEXT-CSID'],
      ['fcbb:bb01:8005::', 'switch with NEXT-CSID'],
      ['fcbb:bb01:8001::', 'End.AD with NEXT-CSID'],
      ['fcbb:bb01:8002::', 'End.AD with NEXT-CSID'],
      ['fcbb:bb01:8000::', 'End.AN with NEXT-CSID'],
      ['fcbb:bb01:8006::', 'End with NEXT-CSID, PSP & USD'],
    ],
  )
  assert.ok(list.segments.every((segment) => segment.reason.includes('in carrier 1')))
  assert.equal(list.hops[0]?.action, 'encapsulate')
  assert.equal(list.hops.at(-1)?.action, 'deliver')
  const kinds = new Set(plan?.elements.map((element) => element.kind))
  assert.deepEqual(
    ['srv6-locator', 'srv6-service-sid', 'srv6-policy', 'steering'].filter((kind) => !kinds.has(kind as never)),
    [],
  )
  assert.ok(!kinds.has('prefix-sid') && !kinds.has('segment-routing'), 'nothing needs a label')
})

test('without compression the list is as long as the chain, and PSP and USD end it', () => {
  const { policy } = policyOf(srv6Files({ 'network.yaml': network(', csid: none, encapsulation: H.Encaps') }))
  const list = policy?.candidatePaths[0]?.segmentLists[0]
  assert.equal(list?.carriers.length, 6)
  assert.equal(list.carriers[0], 'fcbb:bb01:8004:1::')
  assert.equal(list.hops[0]?.segmentsLeft, 5)
  assert.equal(list.segments.at(-1)?.behavior, 'End with PSP & USD')
})

test('a pinned chain names its hosts, and an End SID takes the outer header off', () => {
  const pinned = chain('srv6').replace('algorithm: 128', 'algorithm: 128\n  mode: pinned')
  const { policy } = policyOf(srv6Files({ 'chain.yaml': pinned }))
  const list = policy?.candidatePaths[0]?.segmentLists[0]
  // source: pinned.test.ts: r5 does detect and features, r6 check and classify, r4 aggregate and the end: cost 30.
  assert.equal(list?.cost, 30)
  assert.deepEqual([...new Set(list.hops.map((hop) => hop.name))], ['r1', 'r5', 'r6', 'r4'])
  assert.equal(list.segments.at(-1)?.service, undefined)
  assert.equal(list.carriers.length, 2)
})

test('a node that speaks no SRv6 is named; with data plane auto the chain gets its label stack', () => {
  const deaf = text('devices.yaml')
  const { errors } = compileFiles(srv6Files({ 'devices.yaml': deaf }))
  assert.equal(errors[0]?.code, 'NO_SRV6')
  assert.match(errors[0]?.message ?? '', /r1 speaks no SRv6/)
  const one = speaking.replace(/(name: r5 [\s\S]*?)srv6: true/, '$1srv6: false')
  const named = compileFiles(srv6Files({ 'devices.yaml': one }))
  assert.match(named.errors.map((error) => error.message).join(), /r5 speaks no SRv6 \(Device spec.srv6: false\)/)
  const { plan, policy } = policyOf(srv6Files({ 'devices.yaml': one, 'chain.yaml': chain('auto') }))
  assert.equal(policy, undefined)
  const labels = plan?.elements.find((element) => element.kind === 'sr-policy')
  assert.ok(labels?.kind === 'sr-policy')
  assert.match(labels.rejected[0]?.why ?? '', /r5 speaks no SRv6/)
  assert.ok(policyOf(srv6Files({ 'chain.yaml': chain('auto') })).policy)
})

test('the MSDs of RFC 9352 are kept: of the headend, and of every endpoint', () => {
  const bounded = (msds: readonly { type: number; value: number }[], on: string) =>
    snapshotOf(
      labRecords().map((record) =>
        record.kind === 'node' && record.name === on ? { ...record, msds: [...msds] } : record,
      ),
    )
  const files = srv6Files({ 'network.yaml': network(', csid: none') })
  const few = compileFiles(files, { topology: bounded([{ type: 44, value: 3 }], 'r1') })
  assert.match(few.errors[0]?.message ?? '', /its SRH has 5 entries, and the headend can push 3 \(MSD type 44/)
  const short = compileFiles(files, { topology: bounded([{ type: 41, value: 1 }], 'r6') })
  assert.match(
    short.errors[0]?.message ?? '',
    /r6: the packet comes with Segments Left \d, and it takes 1 \(MSD type 41/,
  )
  // source: RFC 9352 §4.3: without the type, a policy of a single segment is possible, as there is no SRH.
  assert.ok(policyOf(srv6Files(), bounded([{ type: 41, value: 0 }], 'r1')).policy)
  const bound = compileFiles(
    srv6Files({ 'network.yaml': network(', csid: none'), 'chain.yaml': chain('srv6', 'bounds: { sids: 4 }') }),
  )
  assert.deepEqual(
    bound.errors.map((error) => error.code),
    ['BOUND_SIDS', 'BOUND_SIDS'],
  )
})

function model(files = srv6Files()) {
  const { intents, errors } = parseIntents(files)
  assert.deepEqual(errors, [])
  const problems = new Problems()
  const built = buildModel({ intents, lock: exampleLock(), topology: labTopology(), unreachable: 'error' }, problems)
  assert.deepEqual(problems.errors, [])
  assert.ok(built)
  return { built, intents }
}

test('trace shows the carrier before and after each endpoint', () => {
  const { built } = model()
  const [one] = built.srv6.steered
  assert.ok(one)
  const records = traceSrv6Policy(built, one)
  for (const record of records) validateRecord('segchain.analysis/1', record)
  const [whole, ...hops] = records
  assert.ok(whole?.kind === 'trace' && whole.outcome === 'in-order' && whole.delayUs === 4000)
  const last = hops.filter((hop) => hop.kind === 'trace-hop' && hop.action === 'service').at(-1)
  assert.ok(last?.kind === 'trace-hop')
  assert.equal(last.packet?.destination, 'fcbb:bb01:8000:8006::')
  assert.equal(last.sent?.destination, 'fcbb:bb01:8006::')
  assert.equal(last.node, 'r6')
})

test('explain gives a reason for each SID, and says what would help where there is none', () => {
  const { intents } = model()
  const [one] = explain({ intents, lock: exampleLock(), topology: labTopology() })
  assert.ok(one?.found)
  assert.equal(one.sids?.length, 6)
  validateRecord('segchain.analysis/1', one)
  const bounds = { 'network.yaml': network(', csid: none'), 'chain.yaml': chain('srv6', 'bounds: { sids: 4 }') }
  const tight = parseIntents(srv6Files(bounds)).intents
  const [none] = explain({ intents: tight, lock: exampleLock(), topology: labTopology() })
  assert.equal(none?.found, false)
  const changes = none.relaxations.map((relaxation) => relaxation.change)
  assert.ok(changes.includes('without bounds.sids: it takes 6'), changes.join())
  assert.ok(changes.includes('with dataPlane mpls'), changes.join())
})

test('whatif: another instance of the service takes over, the last one breaks the chain', () => {
  const { built } = model()
  const impact = (name: string) => {
    const event = singleFailures(built).find((one) => one.text === name)
    assert.ok(event, name)
    return srv6ImpactOf(built, event.outage, name)[0]?.status
  }
  assert.equal(impact('instance detect-west of orange/cg/detect down') === 'broken', false)
  assert.equal(impact('node r4 down'), 'broken')
  assert.notEqual(impact('link r5-r6 down'), 'unchanged')
})

test('the plan says what single failures do to an SRv6 chain, as for label stacks: another instance takes over', () => {
  // source: the same chain as labels; the packets take the same way, so each failure has the same outcome.
  const proofs = [srv6Files(), exampleFiles()].map((files) => compileFiles(files).plan?.failovers ?? [])
  const [[srv6] = [], [mpls] = []] = proofs
  assert.ok(srv6 && mpls)
  validateRecord('segchain.plan/1', srv6)
  assert.match(srv6.policy, /^srv6-policy:/)
  assert.deepEqual(srv6.services, mpls.services)
  const told = ({ cases }: typeof srv6) => cases.map(({ why, ...one }) => [one, why !== undefined])
  assert.deepEqual(told(srv6), told(mpls))
  assert.ok(srv6.cases.some((one) => one.takeOver !== undefined))
  assert.ok(srv6.cases.some((one) => one.outcome === 'cut-off'))
})

test('locators are locked, told apart from foreign ones, and stay when the network shows them', () => {
  const first = compileFiles(srv6Files())
  assert.ok(first.plan)
  const lock = parseLock(formatLock(first.plan.lock))
  assert.deepEqual(lock.errors, [])
  assert.equal(lock.lock.locators?.length, 7)
  const applied = first.plan.elements.flatMap((element): StreamRecord<'segchain.topology/1'>[] => {
    if (element.kind !== 'srv6-locator') return []
    const node = `node:isis-l1/0:0000.0000.000${element.device.slice(1)}`
    return [
      validateRecord('segchain.topology/1', {
        kind: 'prefix',
        id: `applied:${element.id}`,
        protocol: 'isis-l1',
        instanceId: '0',
        node,
        prefix: element.prefix,
        srv6Locator: { algorithm: element.algorithm, metric: 0, flags: [] },
      }),
      validateRecord('segchain.topology/1', {
        kind: 'srv6-sid',
        id: `applied-sid:${element.id}`,
        protocol: 'isis-l1',
        instanceId: '0',
        node,
        sid: element.prefix.replace(/\/.*/, ''),
        behavior: 48,
        algorithm: element.algorithm,
        structure: element.structure,
      }),
    ]
  })
  const { intents } = parseIntents(srv6Files())
  const again = (records: readonly StreamRecord<'segchain.topology/1'>[]) => {
    const problems = new Problems()
    const topology = snapshotOf([...labRecords(), ...records])
    const built = buildModel({ intents, lock: lock.lock, topology, unreachable: 'error' }, problems)
    return { problems, built }
  }
  const same = again(applied)
  assert.deepEqual(same.problems.errors, [])
  assert.equal(same.built?.srv6.allocated.added.length, 0)
  assert.equal(
    canonicalJson(same.built?.srv6.steered[0]?.chosen.carriers.map((carrier) => String(carrier.address))),
    canonicalJson(again([]).built?.srv6.steered[0]?.chosen.carriers.map((carrier) => String(carrier.address))),
  )
  const foreign = applied.map((record) =>
    record.kind === 'prefix' && record.prefix.includes(':8004:')
      ? { ...record, id: 'x', node: 'node:isis-l1/0:0000.0000.0001' }
      : record,
  )
  assert.equal(again(foreign).problems.errors[0]?.code, 'SID_CONFLICT')
})

test('a network without a block, a block without room, a pool without numbers: errors that say where', () => {
  const codes = (changes: Readonly<Record<string, string>>) =>
    compileFiles(srv6Files(changes)).errors.map((error) => error.code)
  assert.ok(codes({ 'network.yaml': text('network.yaml') }).includes('LOCATOR_BLOCK_MISSING'))
  assert.ok(
    codes({ 'network.yaml': network().replace('fcbb:bb01::/32', 'fcbb:bb01::/112') }).includes('LOCATOR_BLOCK_INVALID'),
  )
  assert.ok(codes({ 'network.yaml': network(', nodeIds: { first: 1, last: 3 }') }).includes('LOCATOR_POOL_USED_UP'))
})

test('examples/srv6 compiles with its lock: three micro-SIDs in one destination address', () => {
  const { intents, errors } = parseIntents(filesOf('srv6'))
  assert.deepEqual(errors, [])
  const input = { intents, lock: lockOf('srv6'), topology: labTopology(), mayAllocate: false, unreachable: 'error' }
  const result = compile({ ...input, unreachable: 'error' })
  assert.deepEqual(result.errors, [])
  const policy = result.plan?.elements.find((element) => element.kind === 'srv6-policy')
  assert.ok(policy?.kind === 'srv6-policy')
  assert.deepEqual(policy.candidatePaths[0]?.segmentLists[0]?.carriers, ['fcbb:bb01:8000:8001:8002::'])
  assert.equal(policy.endpoint, 'fc00:0:4::1', 'the IPv6 router-id of r4')
})
