import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileFiles, exampleFiles, labTopology, type Options } from './support/lab.js'

const head = (kind: string, name: string) => `apiVersion: segchain/v1\nkind: ${kind}\nmetadata: { name: ${name} }\n`
const chainOf = (services: string, extra = '') =>
  `${head('Chain', 'cloud-gaming')}spec:\n  services: ${services}\n${extra}`

interface Case {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  readonly code: string
  readonly at: string
  readonly says: RegExp
  readonly options?: Options
}

const service = (instances: string, extra = '') =>
  `${head('Service', 'orange/cg/extra')}spec:\n  type: p4\n  instances:\n    - ${instances}\n${extra}`

const cases: readonly Case[] = [
  {
    name: 'an unknown service',
    files: { 'chain.yaml': chainOf('[orange/cg/detekt]') },
    code: 'UNKNOWN_SERVICE',
    at: 'chain.yaml:5',
    says: /orange\/cg\/detect"/,
  },
  {
    name: 'an unknown chain',
    files: { 'chain.yaml': `${head('Chain', 'cloud-gamin')}spec: { services: [orange/cg/detect] }\n` },
    code: 'UNKNOWN_CHAIN',
    at: 'steering.yaml:11',
    says: /did you mean "cloud-gamin"/,
  },
  {
    name: 'a SID that the network uses',
    files: { 'x.yaml': service('{ name: i, node: r2, attachment: m }', '  index: { "0": 3 }\n') },
    code: 'SID_CONFLICT',
    at: 'x.yaml:8',
    says: /service\/orange\/cg\/extra .*r3 advertises/,
  },
  {
    name: 'two services that want one SID',
    files: {
      'x.yaml': `${service('{ name: i, node: r2, attachment: m }', '  index: { "128": 1004 }\n')}`,
    },
    code: 'SID_CONFLICT',
    at: 'x.yaml:8',
    says: /orange\/cg\/extra and belongs to service\/orange\/cg\/detect/,
    options: { locked: true },
  },
  {
    name: 'an algorithm out of range',
    files: { 'low-latency.yaml': `${head('FlexAlgo', 'low')}spec: { algorithm: 127, metric: igp }\n` },
    code: 'INTENT_INVALID',
    at: 'low-latency.yaml:4',
    says: /spec\.algorithm.*128/,
  },
  {
    name: 'an algorithm that nobody defines',
    files: { 'chain.yaml': chainOf('[orange/cg/detect]', '  algorithm: 200\n') },
    code: 'UNKNOWN_ALGORITHM',
    at: 'chain.yaml:6',
    says: /algorithm 200.*128/,
  },
  {
    name: 'a service without an instance',
    files: { 'x.yaml': `${head('Service', 'orange/cg/extra')}spec: { type: p4, instances: [] }\n` },
    code: 'INTENT_INVALID',
    at: 'x.yaml:4',
    says: /instances/,
  },
  {
    name: 'an instance on a node that is not there',
    files: { 'x.yaml': service('{ name: i, node: r22, attachment: m }') },
    code: 'UNKNOWN_NODE',
    at: 'x.yaml:7',
    says: /r22.*did you mean "r2"/,
  },
  {
    name: 'an instance that the algorithm does not reach',
    files: {
      'low-latency.yaml': `${head('FlexAlgo', 'low')}spec:\n  { algorithm: 128, metric: igp, nodes: [r1, r2, r5, r6, r4] }\n`,
    },
    code: 'UNREACHABLE_INSTANCE',
    at: 'services/classify.yaml:11',
    says: /classify-2.*r3 does not take part/,
  },
  {
    name: 'a stack that is deeper than the headend can push',
    files: {
      'chain.yaml': chainOf(
        `[${'orange/cg/detect, orange/cg/features, '.repeat(4)}orange/cg/check]`,
        '  algorithm: 128\n',
      ),
    },
    code: 'STACK_TOO_DEEP',
    at: 'steering.yaml:11',
    says: /10 labels.*push 8/,
  },
  {
    name: 'a bound on the delay that cannot be kept',
    files: { 'chain.yaml': chainOf('[orange/cg/detect]', '  bounds: { delayUs: 10 }\n') },
    code: 'BOUND_DELAY',
    at: 'steering.yaml:11',
    says: /its delay is 3000 us/,
  },
  {
    name: 'two intents of one name',
    files: { 'z.yaml': chainOf('[orange/cg/detect]') },
    code: 'DUPLICATE_NAME',
    at: 'z.yaml:3',
    says: /chain\.yaml:5/,
  },
  {
    name: 'a field that does not exist',
    files: { 'chain.yaml': chainOf('[orange/cg/detect]', '  algoritm: 128\n') },
    code: 'UNKNOWN_FIELD',
    at: 'chain.yaml:6',
    says: /"algoritm".*did you mean "algorithm"/,
  },
  {
    name: 'a value of the wrong type',
    files: { 'chain.yaml': chainOf('orange/cg/detect') },
    code: 'INTENT_INVALID',
    at: 'chain.yaml:5',
    says: /spec\.services must be array/,
  },
  {
    name: 'a step of a chain that is none of its forms',
    files: { 'chain.yaml': chainOf('[{ servce: orange/cg/detect }]') },
    code: 'INTENT_INVALID',
    at: 'chain.yaml:5',
    says: /services\.0 is none of the forms/,
  },
  {
    name: 'YAML that is none',
    files: { 'chain.yaml': 'apiVersion: segchain/v1\nkind: [Chain\n' },
    code: 'YAML_SYNTAX',
    at: 'chain.yaml:3',
    says: /./,
  },
  {
    name: 'a kind that does not exist',
    files: { 'chain.yaml': head('Chian', 'x') },
    code: 'INTENT_KIND',
    at: 'chain.yaml:2',
    says: /did you mean "Chain"/,
  },
  {
    name: 'an affinity without a bit',
    files: {
      'low-latency.yaml': `${head('FlexAlgo', 'low')}spec: { algorithm: 128, metric: igp, affinities: { excludeAny: [rad] } }\n`,
    },
    code: 'UNKNOWN_AFFINITY',
    at: 'low-latency.yaml:4',
    says: /"rad".*did you mean "red"/,
  },
  {
    name: 'SIDs that are not in the lock, and may not be allocated',
    files: { 'x.yaml': service('{ name: i, node: r2, attachment: m }') },
    code: 'NOT_ALLOCATED',
    at: 'sids.lock:1',
    says: /orange\/cg\/extra.*sr-compiler allocate/,
    options: { locked: true },
  },
]

for (const { name, files, code, at, says, options } of cases) {
  test(`${name} is an error that names file and line, and nothing is emitted`, () => {
    const { plan, errors } = compileFiles(exampleFiles(files), options)
    assert.equal(plan, undefined)
    const found = errors.find((error) => error.code === code)
    assert.ok(found, `got ${errors.map((error) => `${error.location} ${error.code} ${error.message}`).join('\n')}`)
    assert.equal(`${found.where.file}:${found.where.line}`, at)
    assert.match(`${found.message} ${found.hint}`, says)
    assert.equal(found.category, 'data')
  })
}

test('all errors are told, not only the first', () => {
  const { errors } = compileFiles(
    exampleFiles({
      'chain.yaml': chainOf('[nonsense]', '  foo: 1\n'),
      'low-latency.yaml': `${head('FlexAlgo', 'low')}spec: { metric: fast }\n`,
    }),
  )
  assert.deepEqual(errors.map((error) => error.code).sort(), ['INTENT_INVALID', 'INTENT_INVALID', 'UNKNOWN_FIELD'])
})

test('no intent at all is an error', () => {
  assert.deepEqual(
    compileFiles([]).errors.map((error) => error.code),
    ['NO_INTENTS'],
  )
  assert.deepEqual(
    compileFiles([{ file: 'a.yaml', text: '# nothing\n' }]).errors.map((error) => error.code),
    ['NO_INTENTS'],
  )
})

test('an empty topology is an error', () => {
  const topology = { nodes: [], links: [], prefixes: [], srv6Sids: [] }
  assert.deepEqual(
    compileFiles(exampleFiles(), { topology }).errors.map((error) => error.code),
    ['EMPTY_TOPOLOGY'],
  )
})

test('members of an anycast segment with different SRGBs cannot stand before another segment (RFC 8402 §3.3.1)', () => {
  const lab = labTopology()
  const nodes = lab.nodes.map((node) => (node.name === 'r3' ? { ...node, srgb: [{ first: 20000, size: 8000 }] } : node))
  const { errors } = compileFiles(exampleFiles(), { topology: { ...lab, nodes } })
  assert.equal(errors[0]?.code, 'ANYCAST_SRGB')
  assert.match(errors[0]?.message ?? '', /16000-23999.*20000-27999/)
})

test('a device that the topology lacks can be a warning', () => {
  const lab = labTopology()
  const topology = {
    ...lab,
    nodes: lab.nodes.filter((node) => node.name !== 'r3'),
    links: lab.links.filter((l) => !/0003/.test(l.id)),
  }
  const strict = compileFiles(exampleFiles(), { topology })
  assert.deepEqual(
    strict.errors.map((error) => [error.code, error.where.file]),
    [['UNKNOWN_NODE', 'devices.yaml']],
  )
  const lenient = compileFiles(exampleFiles(), { topology, unreachable: 'warn' })
  assert.deepEqual(lenient.errors, [])
  assert.equal(lenient.warnings[0]?.code, 'UNKNOWN_NODE')
  assert.ok(lenient.plan?.elements.every((element) => element.device !== 'r3'))
})
