import assert from 'node:assert/strict'
import { test } from 'node:test'
import { validateRecord } from '@segchain/records'
import { compileFiles, exampleFiles } from './support/lab.js'

const texts = new Map(exampleFiles().map(({ file, text }) => [file, text]))
const network = texts.get('network.yaml') ?? ''
const deviceFile = 'devices.yaml'
const devices = texts.get(deviceFile) ?? ''

/** The example with links (YAML flow) on its first device. */
function withLinks(links: string, networkExtra = '') {
  const changed = devices.replace('policies: elsewhere }', `policies: elsewhere, links: ${links} }`)
  return compileFiles(
    exampleFiles({ [deviceFile]: changed, 'network.yaml': `${network.trimEnd()}\n${networkExtra}\n` }),
  )
}

const links = `[
  { interface: eth1, delayUs: 1500, affinities: [red], adjacencySid: { label: 15010, protected: true }, tiLfa: node },
  { interface: eth2 },
  { interface: eth3, tiLfa: 'off' }]`

test('what a Device says of its links becomes elements, and the Network intent says what holds for all', () => {
  const { plan, errors } = withLinks(links, '  tiLfa: link')
  assert.deepEqual(errors, [])
  const elements = (plan?.elements ?? []).filter((element) => 'interface' in element)
  for (const element of elements) validateRecord('segchain.plan/1', element)
  const said = elements.map(({ reason, device, step, ...element }) => element)
  assert.deepEqual(said, [
    {
      kind: 'link-attributes',
      id: 'link-attributes:r1:eth1',
      interface: 'eth1',
      delayUs: 1500,
      affinities: [{ name: 'red', bit: 0 }],
    },
    { kind: 'adjacency-sid', id: 'adjacency-sid:r1:eth1', interface: 'eth1', label: 15010, protected: true },
    { kind: 'ti-lfa', id: 'ti-lfa:r1:eth1', interface: 'eth1', protects: 'node' },
    { kind: 'ti-lfa', id: 'ti-lfa:r1:eth2', interface: 'eth2', protects: 'link' },
  ])
})

test('links have their affinities before a Flex-Algo asks for them', () => {
  const { plan } = withLinks(links)
  const stepOf = (kind: string) => plan?.elements.find((element) => element.kind === kind)?.step ?? 0
  assert.ok(stepOf('link-attributes') < stepOf('flex-algo'))
})

test('the plan says which IGP carries the SIDs', () => {
  const element = compileFiles(exampleFiles()).plan?.elements.find(({ kind }) => kind === 'segment-routing')
  assert.ok(element?.kind === 'segment-routing')
  assert.deepEqual(element.igp, { protocol: 'isis-l1' })
})

for (const [what, text, code] of [
  ['an affinity that nobody has named', '[{ interface: eth1, affinities: [rde] }]', 'UNKNOWN_AFFINITY'],
  ['an interface that stands there twice', '[{ interface: eth1 }, { interface: eth1 }]', 'DUPLICATE_NAME'],
  [
    'one label for two links',
    '[{ interface: a, adjacencySid: { label: 15001 } }, { interface: b, adjacencySid: { label: 15001 } }]',
    'SID_CONFLICT',
  ],
  ['a label outside of the SRLB', '[{ interface: a, adjacencySid: { label: 99 } }]', 'LABEL_OUTSIDE_SRLB'],
] as const) {
  test(`${what} is an error at its place`, () => {
    const { errors } = withLinks(text, '  srlb: [{ first: 15000, size: 1000 }]')
    assert.deepEqual(
      errors.map((error) => [error.code, error.where.file]),
      [[code, deviceFile]],
    )
  })
}

test('a binding-SID of a Steering is of the policy, and two of them are a conflict', () => {
  const [file = '', text = ''] = [...texts].find(([, found]) => found.includes('kind: Steering')) ?? []
  const first = text.split(/^---$/m)[0] ?? ''
  const one = first.replace(/^( *)color:/m, '$1bindingSid: 40001\n$1color:')
  const { plan, errors } = compileFiles(exampleFiles({ [file]: one + text.slice(first.length) }))
  assert.deepEqual(errors, [])
  const policy = plan?.elements.find((element) => element.kind === 'sr-policy')
  assert.equal(policy?.kind === 'sr-policy' && policy.bindingSid, 40001)
  const other = one.replace('40001', '40002').replace(/name: .*/, 'name: another')
  const conflict = compileFiles(exampleFiles({ [file]: `${one}\n---\n${other}` }))
  assert.deepEqual(
    conflict.errors.map((error) => error.code),
    ['STEERING_CONFLICT'],
  )
})
