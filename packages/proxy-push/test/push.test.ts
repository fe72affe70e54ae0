import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { ProxyEntryElement } from '@segchain/records'
import { type RunningProxy, startProxy } from './daemons.js'

const PUSH = fileURLToPath(new URL('../../bin/proxy-push.js', import.meta.url))
const TABLES = {
  attachments: { lo: { interface: 'lo', mac: '02:00:00:00:00:01' } },
  labels: [{ label: 17000, action: 'pop' }],
}

interface Lab {
  readonly folder: string
  readonly devices: string
  readonly proxies: ReadonlyMap<string, RunningProxy>
}

const labs: Promise<Lab>[] = []
after(async () => {
  for (const { proxies, folder } of await Promise.all(labs)) {
    for (const { child } of proxies.values()) child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Two daemons for all tests of this file, with nothing of the plan in them. */
async function emptyLab(): Promise<Lab> {
  if (labs.length === 0) labs.push(startLab(['a', 'b'], {}))
  const lab = await (labs[0] ?? startLab([], {}))
  for (const { client } of lab.proxies.values()) await client.putTables('plan', {})
  return lab
}

async function startLab(names: readonly string[], more: object): Promise<Lab> {
  const folder = mkdtempSync(join(tmpdir(), 'segchain-proxy-push-'))
  const started = await Promise.all(
    names.map(async (name) => [name, await startProxy(folder, name, more, TABLES)] as const),
  )
  const devices = join(folder, 'devices.yaml')
  writeFileSync(devices, names.map((name) => device(name, `socket: ${join(folder, `${name}.sock`)}`)).join('---\n'))
  return { folder, devices, proxies: new Map(started) }
}

function device(name: string, proxy: string): string {
  return `apiVersion: segchain/v1\nkind: Device\nmetadata: { name: ${name} }\nspec: { proxy: { ${proxy} } }\n`
}

function entry(name: string, label: number, fields: Partial<ProxyEntryElement> = {}): ProxyEntryElement {
  return {
    kind: 'proxy-entry',
    id: `proxy-entry:${name}:${label}`,
    device: name,
    step: 2,
    reason: { text: 'a test', intents: [] },
    label,
    service: 'net/fw',
    instance: 'one',
    behavior: 'End.AD',
    attachment: 'lo',
    ...fields,
  }
}

function plan(elements: readonly object[], outcome = 'ok'): string {
  const header = { kind: 'header', schema: 'segchain.plan/1', tool: 'test', version: '1' }
  const summary = { kind: 'summary', id: 'summary', outcome, exitCode: 0, counts: {} }
  return [header, ...elements, summary].map((record) => `${JSON.stringify(record)}\n`).join('')
}

async function push(
  command: string,
  input: string,
  ...args: string[]
): Promise<{ code: number | null; records: Record<string, unknown>[]; err: string }> {
  const child = spawn(process.execPath, [PUSH, command, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  child.stdin.end(input)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    code,
    err,
    records: out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  }
}

const statuses = (records: readonly Record<string, unknown>[]): unknown[] =>
  records.filter(({ kind }) => kind === 'device-result').map(({ device: name, status }) => [name, status])

test('diff says what would change, apply changes it, verify finds drift', async () => {
  const { devices, proxies } = await emptyLab()
  const wanted = plan([
    entry('a', 16100),
    entry('b', 16100),
    entry('b', 16101, { behavior: 'none', attachment: 'firewall:none' }),
  ])
  const refused = await push('diff', wanted, '--devices', devices)
  assert.equal(refused.code, 3, 'b has no such firewall, a is well')
  assert.match(refused.err, /UNKNOWN_NAME/)

  const good = plan([entry('a', 16100), entry('b', 16100)])
  const diff = await push('diff', good, '--devices', devices)
  assert.equal(diff.code, 1)
  assert.deepEqual(statuses(diff.records), [
    ['a', 'would-change'],
    ['b', 'would-change'],
  ])
  const change = diff.records.find(({ kind }) => kind === 'change')
  assert.deepEqual(
    [change?.operation, change?.path, change?.element],
    ['create', '/labels/16100', 'proxy-entry:a:16100'],
  )

  assert.equal((await push('apply', good, '--devices', devices, '--dry-run')).code, 0)
  assert.deepEqual((await proxies.get('a')?.client.tables('plan'))?.tables, {})
  const apply = await push('apply', good, '--devices', devices)
  assert.equal(apply.code, 0, apply.err)
  assert.deepEqual(statuses(apply.records), [
    ['a', 'applied'],
    ['b', 'applied'],
  ])
  assert.equal((await push('verify', good, '--devices', devices)).code, 0)
  assert.deepEqual(statuses((await push('apply', good, '--devices', devices)).records), [
    ['a', 'unchanged'],
    ['b', 'unchanged'],
  ])

  await proxies.get('b')?.client.putTables('plan', { labels: [{ label: 16100, action: 'drop' }] })
  const drift = await push('verify', good, '--devices', devices)
  assert.equal(drift.code, 1)
  assert.deepEqual(
    drift.records.filter(({ kind }) => kind === 'change').map(({ device: name, operation }) => [name, operation]),
    [['b', 'replace']],
  )
})

test('labels that the plan no longer names go only when asked for, and not more than allowed', async () => {
  const { devices, proxies } = await emptyLab()
  const many = Array.from({ length: 20 }, (_, index) => entry('a', 16100 + index))
  assert.equal((await push('apply', plan(many), '--devices', devices)).code, 0)
  const one = plan([entry('a', 16100)])
  assert.deepEqual(statuses((await push('apply', one, '--devices', devices)).records), [['a', 'unchanged']])
  const refused = await push('apply', one, '--devices', devices, '--prune')
  assert.equal(refused.code, 2)
  assert.match(refused.err, /--allow-delete=19/)
  assert.equal((await push('apply', one, '--devices', devices, '--prune', '--allow-delete', '19')).code, 0)
  assert.equal((await proxies.get('a')?.client.tables('plan'))?.tables.labels?.length, 1)
  assert.equal((await push('apply', plan([]), '--devices', devices)).code, 4, 'an empty plan is an error')
})

test('when one proxy refuses, or somebody else was faster, no proxy is changed', async () => {
  const { devices, proxies, folder } = await emptyLab()
  // 17000 belongs to the configuration of b.
  const refused = await push('apply', plan([entry('a', 16100), entry('b', 17000)]), '--devices', devices)
  assert.equal(refused.code, 6)
  assert.match(refused.err, /label 17000 belongs to config/)
  assert.deepEqual(statuses(refused.records), [
    ['a', 'skipped'],
    ['b', 'failed'],
  ])
  assert.deepEqual((await proxies.get('a')?.client.tables('plan'))?.tables, {})

  const alone = await push('apply', plan([entry('b', 17000)]), '--devices', devices)
  assert.equal(alone.code, 6)
  writeFileSync(join(folder, 'gone.yaml'), device('gone', `socket: ${join(folder, 'nobody.sock')}`))
  const gone = await push('apply', plan([entry('gone', 1600)]), '--devices', join(folder, 'gone.yaml'))
  assert.equal(gone.code, 5)
  assert.match(gone.err, /is sr-proxy running/)
})

test('a static proxy gets the stack of the plan, and the label model', async () => {
  const { devices, proxies } = await emptyLab()
  const element = entry('a', 16100, { behavior: 'End.AS', stack: [16001, 16002], model: 'uniform' })
  const applied = await push('apply', plan([element]), '--devices', devices)
  assert.equal(applied.code, 0, applied.err)
  assert.deepEqual((await proxies.get('a')?.client.tables('plan'))?.tables.labels, [
    { label: 16100, action: 'static', vnf: 'lo', service: 'net/fw', stack: [16001, 16002], model: 'uniform' },
  ])
  assert.equal((await push('verify', plan([element]), '--devices', devices)).code, 0)
  const another = plan([{ ...element, stack: [16001] }])
  assert.equal((await push('diff', another, '--devices', devices)).code, 1, 'another stack is a difference')
})

test('what cannot be done on a proxy is refused, or left out when asked for', async () => {
  const { devices } = await emptyLab()
  const elements = [
    entry('a', 16100),
    entry('a', 16101, { behavior: 'End.AM' }),
    entry('a', 16102, { behavior: 'End.AS' }),
  ]
  const refused = await push('apply', plan(elements), '--devices', devices)
  assert.equal(refused.code, 6)
  const skipped = await push('apply', plan(elements), '--devices', devices, '--unsupported', 'skip')
  assert.equal(skipped.code, 0, skipped.err)
  assert.equal(skipped.records.filter(({ kind }) => kind === 'change').length, 1)
  assert.equal((await push('apply', plan(elements, 'failed'), '--devices', devices)).code, 4, 'half a plan')
  assert.equal((await push('apply', plan([entry('z', 1)]), '--devices', devices)).code, 2, 'a device that nobody knows')
})

test('over TCP both sides show certificates, and the names in them are checked', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'segchain-tls-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const files = certificates(folder, ['proxy.example', 'push.example', 'other.example'])
  if (files === undefined) {
    t.skip('openssl not installed')
    return
  }
  const tls = {
    listen: '127.0.0.1:0',
    certFile: files('proxy.example', 'crt'),
    keyFile: files('proxy.example', 'key'),
    caFile: files('ca', 'crt'),
    clients: ['push.example'],
  }
  labs.push(startLab(['tls'], { tls }))
  const proxies = (await labs.at(-1))?.proxies
  const address = /https:\/\/(127\.0\.0\.1:\d+)/.exec(proxies?.get('tls')?.log() ?? '')?.[1]
  assert.ok(address)
  const attempt = (name: string, more = '', ca = 'ca') => {
    const file = join(folder, 'devices.yaml')
    const keys = `certFile: ${files(name, 'crt')}, keyFile: ${files(name, 'key')}, caFile: ${files(ca, 'crt')}`
    writeFileSync(file, device('a', `address: "${address}", ${keys}${more}`))
    return push('apply', plan([entry('a', 16100)]), '--devices', file)
  }
  const wrongName = await attempt('push.example')
  assert.equal(wrongName.code, 5, 'the certificate is for proxy.example, not for 127.0.0.1')
  assert.match(wrongName.err, /serverName/)
  const well = await attempt('push.example', ', serverName: proxy.example')
  assert.equal(well.code, 0, well.err)
  const stranger = await attempt('other.example', ', serverName: proxy.example')
  assert.equal(stranger.code, 5)
  assert.match(stranger.err, /CLIENT_NOT_ALLOWED/)
  const selfSigned = await attempt('push.example', ', serverName: proxy.example', 'push.example')
  assert.equal(selfSigned.code, 5, 'signed by nobody that we know')
})

/** A CA and certificates signed by it. @returns undefined without openssl */
function certificates(
  folder: string,
  names: readonly string[],
): ((name: string, which: 'crt' | 'key') => string) | undefined {
  const file = (name: string, which: string): string => join(folder, `${name}.${which}`)
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { stdio: 'ignore' })
  }
  try {
    openssl(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '1',
      '-subj',
      '/CN=ca',
      '-keyout',
      file('ca', 'key'),
      '-out',
      file('ca', 'crt'),
    )
  } catch {
    return undefined
  }
  for (const name of names) {
    openssl(
      'req',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-subj',
      `/CN=${name}`,
      '-keyout',
      file(name, 'key'),
      '-out',
      file(name, 'csr'),
    )
    writeFileSync(file(name, 'ext'), `subjectAltName=DNS:${name}\n`)
    openssl(
      'x509',
      '-req',
      '-in',
      file(name, 'csr'),
      '-CA',
      file('ca', 'crt'),
      '-CAkey',
      file('ca', 'key'),
      '-CAcreateserial',
      '-days',
      '1',
      '-extfile',
      file(name, 'ext'),
      '-out',
      file(name, 'crt'),
    )
  }
  return file
}
