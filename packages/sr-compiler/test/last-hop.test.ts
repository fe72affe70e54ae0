import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileFiles, exampleFiles } from './support/lab.js'

const devices = exampleFiles().find(({ file }) => file === 'devices.yaml')?.text ?? ''

/** The example, with another spec for one of its devices. */
function withDevice(name: string, change: (spec: string) => string) {
  const changed = devices
    .split('---\n')
    .map((text) => (text.includes(`name: ${name} `) ? change(text) : text))
    .join('---\n')
  assert.notEqual(changed, devices)
  return compileFiles(exampleFiles({ 'devices.yaml': changed }), { locked: true })
}
const asJunos = (spec: string) => spec.replace('dialect: ietf', 'dialect: junos')
const asPhp = (spec: string) => spec.replace('igpInstance:', 'lastHopBehavior: php, igpInstance:')

/** By device: what is asked of the routers before it. */
function lastHops({ plan }: ReturnType<typeof compileFiles>, device: string) {
  const sids = (plan?.elements ?? []).filter((element) => element.kind === 'prefix-sid' && element.device === device)
  assert.ok(sids.length > 0)
  return new Set(sids.map((sid) => sid.kind === 'prefix-sid' && sid.lastHopBehavior))
}

test('a headend with dialect junos has its node-SIDs with penultimate hop popping, and the others without', () => {
  const result = withDevice('r1', asJunos)
  assert.deepEqual(result.errors, [])
  assert.deepEqual([...lastHops(result, 'r1')], ['php'])
  assert.deepEqual([...lastHops(result, 'r2')], ['no-php'])
})

test('lastHopBehavior of a Device says so of any router', () => {
  const result = withDevice('r1', asPhp)
  assert.deepEqual(result.errors, [])
  assert.deepEqual([...lastHops(result, 'r1')], ['php'])
})

test('a service on a router whose neighbours pop its label is an error at the service, once', () => {
  const { errors, plan } = withDevice('r2', asJunos)
  assert.equal(plan, undefined)
  const [error, ...more] = errors.filter(({ code }) => code === 'SERVICE_BEHIND_PHP')
  assert.deepEqual(more, [])
  assert.match(error?.message ?? '', /service\/orange\/cg\/detect|orange\/cg\/detect is on r2.*dialect junos/)
  assert.match(error?.where?.file ?? '', /services/)
  assert.match(error?.hint ?? '', /as a headend or on the way/)
})

test('the SRLB of the network is not asked of a Device with dialect junos, which has no word for one', () => {
  const network = exampleFiles().find(({ file }) => file === 'network.yaml')?.text ?? ''
  const srlb = [{ first: 15_000, size: 500 }]
  const files = exampleFiles({
    'network.yaml': `${network}  srlb: ${JSON.stringify(srlb)}\n`,
    'devices.yaml': devices.replace('dialect: ietf', 'dialect: junos'),
  })
  const { plan, errors } = compileFiles(files, { locked: true })
  assert.deepEqual(errors, [])
  const blocks = new Map(
    plan?.elements.flatMap((element) => (element.kind === 'segment-routing' ? [[element.device, element.srlb]] : [])),
  )
  assert.ok(blocks.has('r1') && blocks.get('r1') === undefined)
  assert.deepEqual(blocks.get('r2'), srlb)
})
