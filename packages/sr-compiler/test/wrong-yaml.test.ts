import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileFiles, exampleFiles } from './support/lab.js'

const textOf = (file: string) => exampleFiles().find((one) => one.file === file)?.text ?? ''
const chain = textOf('chain.yaml')
const devices = textOf('devices.yaml')
const firstDevice = (spec: string) =>
  `apiVersion: segchain/v1\nkind: Device\nmetadata: { name: r1 }\nspec:\n${spec}${devices.slice(devices.indexOf('---'))}`

test('line ends of every system, a byte order mark, and repeated values (<<) are read', () => {
  for (const files of [
    { 'chain.yaml': `\ufeff${chain}` },
    { 'chain.yaml': chain.replaceAll('\n', '\r\n') },
    { 'chain.yaml': chain.replaceAll('\n', '\r') },
    {
      'devices.yaml': firstDevice(
        '  links:\n    - &l { interface: eth0, delayUs: 5 }\n    - { <<: *l, interface: eth1 }\n',
      ),
    },
  ]) {
    assert.deepEqual(compileFiles(exampleFiles(files)).errors, [])
  }
})

const wrong: Readonly<
  Record<string, readonly [files: Readonly<Record<string, string>>, code: string, at: string, says: RegExp]>
> = {
  'a key that is there twice': [
    { 'chain.yaml': chain.replace('  algorithm: 128', '  algorithm: 128\n  algorithm: 0') },
    ...(['DUPLICATE_KEY', 'chain.yaml:9', /"algorithm" is there twice/] as const),
  ],
  'a tab that indents': [
    { 'chain.yaml': chain.replace('  algorithm', '\talgorithm') },
    ...(['YAML_SYNTAX', 'chain.yaml:8', /indent with spaces/] as const),
  ],
  'another encoding': [
    { 'chain.yaml': Buffer.from(chain, 'utf16le').toString('utf8') },
    ...(['YAML_ENCODING', 'chain.yaml:1', /not UTF-8/] as const),
  ],
  'a control character': [
    { 'chain.yaml': chain.replace('Finds', '\u001b[31mFinds') },
    ...(['YAML_ENCODING', 'chain.yaml:6', /U\+001B/] as const),
  ],
  'a merge that Git left': [
    { 'chain.yaml': `${chain}<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n` },
    ...(['MERGE_CONFLICT', 'chain.yaml:16', /keep one side/] as const),
  ],
  'an alias of another document': [
    {
      'devices.yaml': devices.replace('spec: {', 'spec: &s {').replace(/name: r2 }\nspec: .*/, 'name: r2 }\nspec: *s'),
    },
    ...(['YAML_ALIAS', 'devices.yaml:10', /no anchor &s.*end of its document/] as const),
  ],
  'an alias inside of what it repeats': [
    { 'chain.yaml': '&a\napiVersion: segchain/v1\nkind: Chain\nmetadata: {name: x}\nspec: *a\n' },
    ...(['YAML_ALIAS', 'chain.yaml:5', /inside of what it repeats/] as const),
  ],
  'a tag': [
    { 'chain.yaml': chain.replace('algorithm: 128', 'algorithm: !Ref x') },
    ...(['YAML_TAG', 'chain.yaml:8', /!Ref/] as const),
  ],
  'brackets without end': [
    { 'chain.yaml': `spec: ${'['.repeat(500)}${']'.repeat(500)}\n` },
    ...(['YAML_SYNTAX', 'chain.yaml:1', /nested deeper than 64/] as const),
  ],
  'a number that is none': [
    { 'chain.yaml': chain.replace('delayUs: 10000', 'delayUs: .inf') },
    ...(['INTENT_INVALID', 'chain.yaml:15', /it is Infinity.*whole number from 1/] as const),
  ],
  'a number that a computer would round': [
    { 'chain.yaml': chain.replace('delayUs: 10000', 'delayUs: 9007199254740993') },
    ...(['INTENT_INVALID', 'chain.yaml:15', /9007199254740991/] as const),
  ],
  'a step with a field of another form': [
    { 'chain.yaml': chain.replace('optional: true', 'optionl: true') },
    ...(['UNKNOWN_FIELD', 'chain.yaml:14', /did you mean "optional"/] as const),
  ],
  'a field that is missing': [
    { 'chain.yaml': chain.replace('  name: cloud-gaming\n', '') },
    ...(['INTENT_INVALID', 'chain.yaml:5', /metadata\.name is missing.*Lower-case/] as const),
  ],
  'a block of an algorithm that there is not': [
    { 'network.yaml': `${textOf('network.yaml')}  srv6: { blocks: { "12": "fcbb:bb00::/32" } }\n` },
    ...(['UNKNOWN_FIELD', 'network.yaml:14', /"12".*by algorithm/] as const),
  ],
}

for (const [name, [files, code, at, says]] of Object.entries(wrong)) {
  test(`${name}: one error, with the place and what would be right`, () => {
    const { plan, errors } = compileFiles(exampleFiles(files))
    assert.equal(plan, undefined)
    const [error, ...others] = errors
    assert.deepEqual(others, [])
    assert.equal(error?.code, code)
    assert.equal(`${error?.where.file}:${error?.where.line}`, at)
    assert.match(`${error?.message} ${error?.hint}`, says)
  })
}

test('more than eight errors of one intent are all told; of thousands in one file, the first', () => {
  const unknown = (count: number) => Array.from({ length: count }, (_, i) => `  k${i}: 1\n`).join('')
  const twenty = compileFiles(exampleFiles({ 'chain.yaml': chain + unknown(20) })).errors
  assert.equal(twenty.length, 20)
  assert.ok(twenty.every((error, i) => error.code === 'UNKNOWN_FIELD' && error.where.line === 16 + i))
  const many = compileFiles(exampleFiles({ 'chain.yaml': chain + unknown(20_000) })).errors
  assert.equal(many.length, 201)
  assert.equal(many.at(-1)?.code, 'TOO_MANY_ERRORS')
})
