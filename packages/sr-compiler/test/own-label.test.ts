import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileFiles, exampleFiles } from './support/lab.js'

/** The example in algorithm 0, where the routers have node-SIDs of their own with penultimate hop popping. */
function withCheckOn(endpoint: string, ...nodes: string[]) {
  const files = exampleFiles()
  const textOf = (name: string) => files.find(({ file }) => file === name)?.text ?? ''
  const chain = textOf('chain.yaml').replace('algorithm: 128', 'algorithm: 0')
  const instances = nodes.map((node, i) => `    - { name: check-${i}, node: ${node}, attachment: veth-check }`)
  return compileFiles(
    exampleFiles({
      'chain.yaml': chain.replace(/services:[\s\S]*?(?= {2}bounds)/, 'services: [orange/cg/check]\n'),
      'steering.yaml': textOf('steering.yaml').replace('endpoint: r4', `endpoint: ${endpoint}`),
      'services/check.yaml': textOf('services/check.yaml').replace(
        / {4}- \{ name: check-1.*\n/,
        `${instances.join('\n')}\n`,
      ),
    }),
  )
}

test('a chain that ends on its last service has no label of the endpoint: the packet is there', () => {
  const { plan, errors } = withCheckOn('r4', 'r4')
  assert.deepEqual(errors, [])
  const policy = plan?.elements.find((element) => element.kind === 'sr-policy')
  assert.ok(policy?.kind === 'sr-policy')
  const [list] = policy.candidatePaths[0]?.segmentLists ?? []
  assert.deepEqual(
    list?.segments.map(({ service }) => service),
    ['orange/cg/check'],
  )
  assert.deepEqual(list?.hops.at(-1), { ...list?.hops.at(-1), name: 'r4', labels: [], action: 'deliver' })
})

test('an instance on the endpoint and one elsewhere want a label that the endpoint need not know', () => {
  // source: test/lab, probe 4 of `repairs`: with penultimate hop popping FRR has no row for its own label.
  const { errors, plan } = withCheckOn('r5', 'r5', 'r2')
  assert.equal(plan, undefined)
  assert.match(errors[0]?.message ?? '', /packets are on r5 already when the label of r5 comes to the top/)
  assert.match(errors[0]?.hint ?? '', /no-php/)
})
