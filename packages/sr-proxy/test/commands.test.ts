import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { hrtime } from 'node:process'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type ProxyEventRecord, validateRecord } from '@segchain/records'
import { watch } from '../src/api/routes.js'
import { serveApi } from '../src/api/server.js'
import { Struct, u32 } from '../src/layout/struct.js'
import { setUp } from './memory-daemon.js'

const BIN = fileURLToPath(new URL('../../bin/sr-proxy.js', import.meta.url))
const SERVICE = 'orange/cg/classify'

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Not synchronously: the daemon that it asks is in this process. */
function run(args: readonly string[], input = 'ignore'): Promise<Ended> {
  const child = spawn(process.execPath, [BIN, ...args], { stdio: [input as 'ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })))
}

function recordsOf(stdout: string): Record<string, unknown>[] {
  const lines = stdout.trim().split('\n')
  return lines
    .map((line) => validateRecord('segchain.proxy/1', JSON.parse(line)) as unknown as Record<string, unknown>)
    .filter(({ kind }) => kind !== 'header' && kind !== 'summary')
}

async function labelledDaemon(t: TestContext) {
  const lab = await setUp(t)
  const servers = await serveApi(lab.daemon, lab.config, '1')
  t.after(() => servers.close())
  await lab.daemon.put('plan', {
    labels: [
      { label: 16100, action: 'dynamic', vnf: 'fw1', service: 'net/fw' },
      { label: 16101, action: 'service', service: SERVICE },
      { label: 16102, action: 'forward', nextHop: 'core', out: 'pop' },
    ],
    services: [
      {
        service: SERVICE,
        action: 'forward',
        instances: [
          { name: 'one', vnf: 'fw1', weight: 2 },
          { name: 'two', vnf: 'fw2' },
        ],
      },
    ],
  })
  return { ...lab, socket: ['--socket', lab.config.api.socket] }
}

/** `struct sr_key4` and `struct sr_session`, as the data plane writes them. @param seenS seconds ago */
function session(scope: number, kind: number, instance: number, port: number, seenS: number, stack: readonly number[]) {
  const key = Buffer.from([10, 1, 0, 1, 10, 2, 0, 1, port >> 8, port & 255, 1, 187, scope & 255, scope >> 8, 6, kind])
  const seen = Math.floor((Number(hrtime.bigint()) / 1e9 - seenS) / (2 ** 30 / 1e9))
  const value = new Struct(92).u32(0).u32(seen).u32(16100).u32(1).u32(0).u32(instance).u8(stack.length).u8(0).u16(0)
  for (let at = 0; at < 16; at++) {
    const word = Buffer.alloc(4)
    if (at < stack.length) word.writeUInt32BE((((stack[at] ?? 0) << 12) | 64) >>> 0)
    value.bytes(word)
  }
  return { key, value: value.end() }
}

test('show labels, services, sessions, stats: records of the schema, from the tables of the data plane', async (t) => {
  const { daemon, plane, socket } = await labelledDaemon(t)
  const { names } = daemon.image
  const scope = [...names.scopes].find(([, name]) => name === 'fw1')?.[0] ?? 0
  const flow = session(scope, 0, 0, 40_000, 3, [16001, 16002])
  await plane.table('sessions4').set(flow.key, flow.value)
  const counter = names.labelCounters.get(16100) ?? 0
  const packets = Buffer.alloc(32)
  for (const [at, value] of [3n, 300n, 4n, 400n].entries()) packets.writeBigUInt64LE(value, 8 * at)
  await plane.table('label_counters').set(u32(counter), packets)
  await plane.table('drops').set(u32(6), packets)

  const labels = recordsOf((await run(['show', 'labels', ...socket])).stdout)
  assert.deepEqual(
    labels.map(({ label, action, target, owner, packets: count }) => [label, action, target, owner, count]),
    // Two CPUs: 3 and 4 packets.
    [
      [16100, 'dynamic', 'fw1', 'plan', '7'],
      [16101, 'service', SERVICE, 'plan', '0'],
      [16102, 'forward', 'core pop', 'plan', '0'],
    ],
  )
  const [service] = recordsOf((await run(['show', 'services', ...socket])).stdout)
  assert.deepEqual(service?.instances, [
    { name: 'one', state: 'active', weight: 2, at: 'fw1', packets: '0', bytes: '0', sessions: 0 },
    { name: 'two', state: 'active', weight: 1, at: 'fw2', packets: '0', bytes: '0', sessions: 0 },
  ])
  const [shown] = recordsOf((await run(['show', 'sessions', ...socket])).stdout)
  assert.deepEqual(
    { ...shown, id: '', lastSeen: '' },
    {
      kind: 'proxy-session',
      id: '',
      sourceAddress: '10.1.0.1',
      sourcePort: 40_000,
      destinationAddress: '10.2.0.1',
      destinationPort: 443,
      protocol: 6,
      type: 'flow',
      label: 16100,
      attachment: 'fw1',
      stack: [16001, 16002],
      lastSeen: '',
    },
  )
  const ageMs = Date.now() - Date.parse(String(shown?.lastSeen))
  assert.ok(ageMs > 2000 && ageMs < 300_000, String(ageMs))
  const stats = recordsOf((await run(['show', 'stats', ...socket])).stdout)
  assert.equal(stats.find(({ id }) => id === 'drop:no-session')?.packets, '7')
  assert.ok(['to-vnf:fw1', 'from-vnf:fw2', 'daemon:held-now'].every((id) => stats.some((one) => one.id === id)))
  const table = (await run(['show', 'labels', ...socket, '-o', 'table'])).stdout
  assert.match(table, /16100 +dynamic +fw1/)
})

test('the examples of show do with jq what they say', async (t) => {
  if (spawnSync('jq', ['--version']).status !== 0) {
    t.skip('jq not installed')
    return
  }
  const { socket } = await labelledDaemon(t)
  const { default: Labels } = await import('../src/commands/show/labels.js')
  const { default: Services } = await import('../src/commands/show/services.js')
  const { default: Stats } = await import('../src/commands/show/stats.js')
  const { default: Sessions } = await import('../src/commands/show/sessions.js')
  const outputs = new Map<string, string>()
  for (const command of [Labels, Services, Stats, Sessions]) {
    for (const example of command.examples) {
      const line = example.replace('<%= config.bin %>', `"${process.execPath}" "${BIN}"`)
      const script = line.replace(/show \w+/, (words) => `${words} ${socket.join(' ')}`)
      const child = spawn('sh', ['-c', `${script}`], { stdio: ['ignore', 'pipe', 'pipe'] })
      const streams = [child.stdout, child.stderr].map(async (stream) => {
        let text = ''
        for await (const chunk of stream) text += String(chunk)
        return text
      })
      await once(child, 'close')
      const [stdout = '', stderr = ''] = await Promise.all(streams)
      assert.deepEqual([child.exitCode, stderr], [0, ''], example)
      outputs.set(example, stdout)
    }
  }
  const idle = [...outputs].find(([example]) => example.includes('.packets == "0"'))?.[1]
  assert.equal(idle, '16100\n16101\n16102\n')
})

test('watch tells what happens from its first record on; it ends with a signal, or with the daemon', async (t) => {
  const { daemon, config, socket } = await labelledDaemon(t)
  const servers = await serveApi(daemon, { ...config, api: { socket: join(config.api.socket, '../second') } }, '1')
  for (const end of ['signal', 'daemon'] as const) {
    const where = end === 'signal' ? socket : ['--socket', join(config.api.socket, '../second')]
    const child = spawn(process.execPath, [BIN, 'watch', ...where], { stdio: ['ignore', 'pipe', 'pipe'] })
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString()
    })
    const kinds: unknown[] = []
    for await (const line of createInterface({ input: child.stdout })) {
      const record = JSON.parse(line)
      kinds.push(record.event ?? record.kind)
      if (record.kind === 'sync') await daemon.put('controller', { labels: [{ label: 99, action: 'drop' }] })
      if (record.event !== 'applied') continue
      assert.deepEqual([record.owner, record.changes], ['controller', 1])
      await daemon.put('controller', {})
      if (end === 'signal') child.kill('SIGTERM')
      else await servers.close()
      break
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
    assert.deepEqual(kinds, ['header', 'sync', 'applied'])
    assert.equal(child.exitCode, end === 'signal' ? 143 : 5, stderr)
    if (end === 'daemon') assert.match(stderr, /has ended/)
  }
})

test('a slow reader of watch hears how many events it has missed', async (t) => {
  const { daemon } = await setUp(t)
  const gone = new AbortController()
  const events = watch(daemon, gone.signal, 2)
  const first = events.next()
  for (let at = 0; at < 5; at++) daemon.emit('released', { packets: at })
  const told: (ProxyEventRecord | undefined)[] = [(await first).value]
  for (let at = 0; at < 2; at++) told.push((await events.next()).value)
  gone.abort()
  await events.return(undefined)
  assert.deepEqual(
    told.map((one) => one && [one.event, one.packets ?? one.events]),
    [
      ['released', 0],
      ['released', 1],
      ['missed', 3],
    ],
  )
})

test('drain --wait: exit 1 while sessions stay, 0 when they have ended; --undo; what cannot be drained is said', async (t) => {
  const { daemon, plane, socket, config } = await labelledDaemon(t)
  const number = [...daemon.image.names.instances].find(([, name]) => name.endsWith(' one'))?.[0] ?? 0
  const busy = session(1, 1, number, 40_001, 0, [])
  const idle = session(1, 1, number, 40_002, 120, [])
  for (const { key, value } of [busy, idle]) await plane.table('sessions4').set(key, value)
  const stateOf = async () => (await plane.table('instances').get(u32(number)))?.[0]

  const over = await run(['drain', SERVICE, 'one', '--wait', '1', ...socket])
  assert.equal(over.code, 1, over.stderr)
  const [record] = recordsOf(over.stdout) as { instances?: { name: string; state: string; sessions: number }[] }[]
  assert.deepEqual(
    record?.instances?.map(({ name, state, sessions }) => [name, state, sessions]),
    [
      ['one', 'draining', 1],
      ['two', 'active', 0],
    ],
    'the session that was quiet for two minutes does not count',
  )
  assert.equal(await stateOf(), 2)

  const waiting = run(['drain', SERVICE, 'one', '--wait', '300', ...socket])
  setTimeout(() => void plane.table('sessions4').delete(busy.key), 500)
  assert.equal((await waiting).code, 0)
  assert.equal((await run(['drain', SERVICE, 'one', '--undo', ...socket])).code, 0)
  assert.equal(await stateOf(), 1)

  const nobody = await run(['drain', SERVICE, 'three', ...socket])
  assert.equal(nobody.code, 2)
  assert.match(nobody.stderr, /no instance three of orange\/cg\/classify/)
  await daemon.reload({
    ...config,
    tables: {
      ...config.tables,
      services: [{ service: 'own', action: 'forward', instances: [{ name: 'x', vnf: 'fw2' }] }],
    },
  })
  const owned = await run(['drain', 'own', 'x', ...socket])
  assert.equal(owned.code, 6)
  assert.match(owned.stderr, /systemctl reload/)
})

test('without a daemon the commands say so, and write no stream', async () => {
  for (const args of [['show', 'labels'], ['show', 'stats'], ['watch'], ['drain', 'a', 'b']]) {
    const { code, stdout, stderr } = await run([...args, '--socket', '/nonexistent/sock'])
    assert.deepEqual([code, stdout], [5, ''], args.join(' '))
    assert.match(stderr, /is sr-proxy running\?/)
  }
})
