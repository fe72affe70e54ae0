import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import fs, { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import git from 'isomorphic-git'
import { exampleDirectory, topologyFile } from './support/lab.js'
import { srv6LabText } from './support/srv6-lab.js'

const bin = join(import.meta.dirname, '../../bin/sr-compiler.js')

function run(args: readonly string[], input?: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    encoding: 'utf8',
    timeout: 30_000,
    ...(input === undefined ? {} : { input }),
  })
  return {
    status,
    stdout,
    stderr,
    records: stdout
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  }
}

function inCopy(work: (directory: string) => void | Promise<void>): () => Promise<void> {
  return async () => {
    const directory = mkdtempSync(join(tmpdir(), 'segchain-intents-'))
    try {
      cpSync(exampleDirectory, directory, { recursive: true })
      await work(directory)
    } finally {
      rmSync(directory, { recursive: true })
    }
  }
}

test('compile reads the topology from stdin and writes a plan; twice the same bytes', () => {
  const topology = readFileSync(topologyFile, 'utf8')
  const first = run(['compile', exampleDirectory], topology)
  assert.equal(first.status, 0, first.stderr)
  assert.equal(first.records.at(0).schema, 'segchain.plan/1')
  assert.equal(first.records.at(-1).outcome, 'ok')
  assert.equal(run(['compile', exampleDirectory, '--topology', topologyFile]).stdout, first.stdout)
})

test(
  'bad intents: exit 4, every error on stderr, nothing on stdout',
  inCopy((directory) => {
    writeFileSync(
      join(directory, 'bad.yaml'),
      'apiVersion: segchain/v1\nkind: Chain\nmetadata: { name: x }\nspec: { services: [nope], foo: 1 }\n',
    )
    const { status, stdout, stderr } = run(['compile', directory, '-t', topologyFile])
    assert.equal(status, 4)
    assert.equal(stdout, '')
    assert.match(stderr, /bad\.yaml:4/)
  }),
)

test('a directory that is not there is a usage error (exit 2)', () => {
  assert.equal(run(['compile', '/nonexistent', '-t', topologyFile]).status, 2)
})

test(
  'compile names the commit of the intents, and says when the work tree differs',
  inCopy(async (dir) => {
    await git.init({ fs, dir })
    await git.add({ fs, dir, filepath: '.' })
    const author = { name: 'a', email: 'a@example.net' }
    const commit = await git.commit({ fs, dir, message: 'intents', author })
    const clean = run(['compile', dir, '-t', topologyFile])
    assert.equal(clean.records[0].commit, commit)
    assert.equal(clean.records[0].dirty, false)
    writeFileSync(join(dir, 'steering.yaml'), `${readFileSync(join(dir, 'steering.yaml'), 'utf8')}# changed\n`)
    assert.equal(run(['compile', dir, '-t', topologyFile]).records[0].dirty, true)
  }),
)

test(
  'allocate writes what is missing, once, and prunes only when asked',
  inCopy((directory) => {
    const lock = join(directory, 'sids.lock')
    const before = readFileSync(lock, 'utf8')
    rmSync(lock)
    assert.equal(run(['compile', directory, '-t', topologyFile]).status, 4)
    assert.equal(run(['allocate', directory, '--dry-run']).records.at(-1).counts.change, 12)
    assert.equal(fs.existsSync(lock), false)
    assert.equal(run(['allocate', directory, '-t', topologyFile]).status, 0)
    assert.equal(readFileSync(lock, 'utf8'), before)
    assert.equal(run(['allocate', directory]).records.at(-1).counts.change ?? 0, 0)
    rmSync(join(directory, 'low-latency.yaml'))
    writeFileSync(
      join(directory, 'chain.yaml'),
      readFileSync(join(directory, 'chain.yaml'), 'utf8').replace('128', '0'),
    )
    run(['allocate', directory])
    assert.match(readFileSync(lock, 'utf8'), /node\/r1/)
    run(['allocate', directory, '--prune'])
    assert.doesNotMatch(readFileSync(lock, 'utf8'), /node\/r1/)
  }),
)

test('validate needs no topology', () => {
  const { status, records, stderr } = run(['validate', exampleDirectory])
  assert.equal(status, 0, stderr)
  assert.equal(records.at(-1).counts.services, 6)
})

test('path --margin takes fewer segments for a dearer path, and several for load sharing', () => {
  // source: worked by hand: r1 to r4 is 30 over r2 r3 and over r5 r6; within 10 more there are ways over the link 2-5.
  const args = ['path', topologyFile, '--from', 'r1', '--to', 'r4', '--margin', '10']
  const one = run(args)
  assert.equal(one.status, 0, one.stderr)
  const paths = run([...args, '--paths', '8']).records.filter((record) => record.kind === 'path')
  assert.ok(paths.length > 2)
  assert.ok(paths.every((path) => path.aboveBest <= 10 && path.cost === 30 + path.aboveBest))
  const lengths = paths.map((path) => path.segments.length)
  assert.deepEqual(
    lengths,
    [...lengths].sort((a, b) => a - b),
  )
  assert.equal(run([...args.slice(0, -1), '10x']).status, 2)
})

test('balance and trace --sids answer on the command line', () => {
  const balance = run(['balance', exampleDirectory, '--topology', topologyFile])
  assert.equal(balance.status, 0, balance.stderr)
  const detect = balance.records.find((record) => record.service === 'orange/cg/detect')
  assert.equal(detect.imbalance, 1)
  const srv6 = join(exampleDirectory, '../srv6')
  const list = ['--from', 'r1', '--sids', 'fcbb:bb01:8000:8001:8002::']
  const traced = run(['trace', srv6, '--topology', topologyFile, ...list])
  assert.equal(traced.status, 0, traced.stderr)
  assert.deepEqual(traced.records.find((record) => record.kind === 'trace').services.length > 0, true)
  assert.equal(run(['trace', srv6, '--topology', topologyFile, '--from', 'r1', '--sids', 'nonsense']).status, 2)
})

test('tilfa --data-plane srv6 writes repair lists in End and End.X SIDs', () => {
  // source: worked by hand on the ring r2 r3 r4 r6 r5 of the fixture. With 4-6 at 100 everybody reaches r6 over r5. When
  // 3-2 fails r3 has to go over r4 and 4-6: r4 still sends to r6 by way of r3, so its End.X says it. From r6 on the
  // shortest way to r2 is the right one.
  const args = ['tilfa', '--root', 'r3', '--data-plane', 'srv6']
  const repairs = run(args, srv6LabText({ '46': 100 })).records.filter((record) => record.repair === 'repair')
  const toR2 = repairs.find((record) => record.neighbor === 'r2' && record.destination === 'r2')
  assert.deepEqual(toR2.nodes, ['r3', 'r4', 'r6', 'r5', 'r2'])
  assert.deepEqual(
    toR2.segments.map(({ type, sid }: { type: string; sid: string }) => [type, sid]),
    [['adjacency-sid', 'fcbb:bb00:4:e006::']],
  )
  assert.deepEqual(toR2.carriers, ['fcbb:bb00:4:e006::'])
  // source: as label stacks on the network as it is: r4 is the only segment that r2 needs to come to r3.
  const plain = run(['tilfa', '--root', 'r2', '--data-plane', 'srv6'], srv6LabText()).records
  const toR3 = plain.find((record) => record.repair === 'repair' && record.destination === 'r3')
  assert.deepEqual(toR3.carriers, ['fcbb:bb00:4::'])
  // Nothing is made up where the topology tells no SIDs.
  const untold = run([...args, topologyFile]).records.filter((record) => record.repair === 'repair')
  assert.ok(untold.length > 0 && untold.every((one) => one.carriers === undefined))
})

test('path --data-plane srv6 names End and End.X SIDs and packs them', () => {
  // source: worked by hand. r1 to r3 over r5 and r2: the detour to r5 (a node), back over the link 5-2 (an End.X), on to r3.
  const args = ['path', '--from', 'r1', '--to', 'r3', '--via', 'r5', '--via', 'r2', '--data-plane', 'srv6']
  const { status, stderr, records: out } = run(args, srv6LabText())
  assert.equal(status, 0, stderr)
  const path = out.find((record) => record.kind === 'path')
  assert.deepEqual(path.nodes, ['r1', 'r5', 'r2', 'r3'])
  assert.ok(path.segments.every((segment: { sid?: string }) => segment.sid?.startsWith('fcbb:bb00:')))
  assert.equal(path.carriers.length, 1)
})
