import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'

const bin = join(import.meta.dirname, '../../bin/sr-compiler.js')

/** Triangles: a b j in level 1, j c d in level 2; every metric 10. */
function lines(): string {
  const header = { kind: 'header', schema: 'segchain.topology/1', tool: 'test', version: '1' }
  const records = (
    [
      ['isis-l1', ['a', 'b', 'j']],
      ['isis-l2', ['j', 'c', 'd']],
    ] as const
  ).flatMap(([protocol, names]) => {
    const own = { protocol, instanceId: '0' }
    const id = (name: string) => `node:${protocol}:${name}`
    const nodes = names.map((name) => ({ kind: 'node', id: id(name), ...own, name, routerId: name }))
    const links = names.flatMap((from) =>
      names
        .filter((to) => to !== from)
        .map((to) => ({
          ...{ kind: 'link', id: `link:${protocol}:${from}-${to}`, ...own },
          ...{ localNode: id(from), remoteNode: id(to), igpMetric: 10 },
        })),
    )
    return [...nodes, ...links]
  })
  const sync = { kind: 'sync', id: 'sync', reason: 'end-of-rib' }
  return [header, ...records, sync].map((record) => `${JSON.stringify(record)}\n`).join('')
}

function tilfa(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [bin, 'tilfa', ...args], {
    input: lines(),
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

test('tilfa takes each level of a network by itself: a repair stays in the level of the link', () => {
  // source: worked by hand: in a triangle of equal links each router reaches each neighbour by the third, an LFA.
  const all = tilfa()
  const repairs = all.filter(({ kind }) => kind === 'repair')
  assert.equal(repairs.length, 12)
  for (const { link, nodes, repair } of repairs) {
    assert.equal(repair, 'lfa')
    const level = link.includes('isis-l1') ? ['a', 'b', 'j'] : ['c', 'd', 'j']
    assert.deepEqual([...nodes].sort(), level)
  }
  const coverage = all.filter(({ kind }) => kind === 'coverage').map(({ id }) => id)
  assert.deepEqual(coverage.filter((id) => id.startsWith('coverage:j')).sort(), [
    'coverage:j:0:link:isis-l1/0',
    'coverage:j:0:link:isis-l2/0',
  ])
  assert.equal(new Set(all.filter(({ id }) => id !== undefined).map(({ id }) => id)).size, all.length - 1)
  const one = tilfa('--instance', 'isis-l1/0').filter(({ kind }) => kind === 'repair')
  assert.deepEqual(
    one,
    repairs.filter(({ link }) => link.includes('isis-l1')),
  )
})
