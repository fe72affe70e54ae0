import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ProxyClient } from '../src/api/client.js'
import { serveApi } from '../src/api/server.js'
import { encodeLabelKey } from '../src/layout/label.js'
import type { MemoryPlane } from '../src/plane/memory-plane.js'
import type { Tables } from '../src/tables/schema.js'
import { collect } from './collect.js'
import { NETWORK, setUp } from './memory-daemon.js'

test('tables come into force by one number: before it the new entries are there, after it the old are gone', async (t) => {
  const { daemon, plane } = await setUp(t)
  await daemon.put('plan', { labels: [{ label: 16100, action: 'dynamic', vnf: 'fw1' }] })
  const first = daemon.image.generation
  const seen: string[] = []
  const config = plane.table('config')
  const set = config.set.bind(config)
  config.set = async (key, value) => {
    const labels = (await collect(plane.table('labels').entries())).map(
      ({ key: one }) => `${one.readUInt32LE()}/${one.readUInt32LE(4)}`,
    )
    seen.push(...labels)
    await set(key, value)
  }
  await daemon.put('plan', {
    labels: [
      { label: 16100, action: 'dynamic', vnf: 'fw2' },
      { label: 16101, action: 'drop' },
    ],
  })
  assert.deepEqual(seen.sort(), [`16100/${first}`, `16100/${first + 1}`, `16101/${first + 1}`])
  const after = (await collect(plane.table('labels').entries())).map(({ key }) => key.readUInt32LE(4))
  assert.deepEqual(after, [first + 1, first + 1])
})

test('one label that changes is replaced where it stands; what hangs together changes as a whole', async (t) => {
  const { daemon, label } = await setUp(t)
  await daemon.put('plan', { labels: [{ label: 16100, action: 'dynamic', vnf: 'fw1' }] })
  const generation = daemon.image.generation
  await daemon.put('plan', { labels: [{ label: 16100, action: 'forward', nextHop: 'core', out: 77 }] })
  assert.equal((await label(16100))?.[0], 5)
  const two = { label: 16101, action: 'drop' } as const
  await daemon.put('plan', { labels: [{ label: 16100, action: 'forward', nextHop: 'core', out: 77 }, two] })
  assert.equal((await label(16101))?.[0], 7)
  await daemon.put('plan', { labels: [two] })
  assert.equal(await label(16100), undefined)
  assert.equal(daemon.image.generation, generation)
  // End.AS changes the port too.
  await daemon.put('plan', { labels: [two, { label: 16102, action: 'static', vnf: 'fw2', stack: [5] }] })
  assert.equal(daemon.image.generation, generation + 1)
  assert.equal((await label(16102))?.[0], 2)
  assert.equal((await label(16101))?.[0], 7)
})

test('an attachment that was taken out lets packets come back until the time is over', async (t) => {
  const { daemon, plane, pass } = await setUp(t, { nextHops: NETWORK.nextHops ?? {} })
  const attachments = NETWORK.attachments ?? {}
  await daemon.put('plan', { attachments, labels: [{ label: 16100, action: 'dynamic', vnf: 'fw1' }] })
  assert.deepEqual([...plane.attached().keys()].sort(), ['eth0', 'fw1-out', 'fw2-in'])
  await daemon.put('plan', {})
  assert.deepEqual([...plane.attached().keys()].sort(), ['eth0', 'fw1-out', 'fw2-in'])
  assert.equal((await collect(plane.table('ports').entries())).length, 2)
  pass(11_000)
  await daemon.tick()
  assert.deepEqual([...plane.attached().keys()], ['eth0'])
  assert.equal((await collect(plane.table('ports').entries())).length, 0)
})

test('after a kill in the middle of anything the next run has the same tables and the same numbers', async (t) => {
  const { daemon, plane, start, folder } = await setUp(t)
  const plan: Tables = { labels: [{ label: 16100, action: 'dynamic', vnf: 'fw2', reverse: [16001, 16002] }] }
  await daemon.put('plan', plan)
  const before = await snapshot(plane)
  // Entries of a generation that never came into force.
  await plane.table('labels').set(encodeLabelKey(99, daemon.image.generation + 1), Buffer.alloc(24))
  const again = await start()
  assert.deepEqual(again.owners().get('plan'), plan)
  assert.equal(again.image.generation, daemon.image.generation + 1)
  assert.deepEqual(await snapshot(plane), before)
  assert.ok(folder)
})

async function snapshot(plane: MemoryPlane): Promise<string[]> {
  const labels = (await collect(plane.table('labels').entries())).map(
    ({ key, value }) => `${key.readUInt32LE()} ${value.toString('hex')}`,
  )
  const arrays = (await collect(plane.table('vnfs').entries())).map(
    ({ key, value }) => `${key.toString('hex')} ${value.toString('hex')}`,
  )
  return [...labels, ...arrays.sort()]
}

test('what cannot be is refused as a whole, and nothing has changed', async (t) => {
  const { daemon, label } = await setUp(t)
  await daemon.put('plan', { labels: [{ label: 16100, action: 'pop' }] })
  const generation = daemon.image.generation
  const refused: [Tables, string][] = [
    [
      {
        labels: [
          { label: 1, action: 'pop' },
          { label: 2, action: 'dynamic', vnf: 'nobody' },
        ],
      },
      'UNKNOWN_NAME',
    ],
    [
      {
        labels: [
          { label: 1, action: 'pop' },
          { label: 1, action: 'drop' },
        ],
      },
      'THERE_TWICE',
    ],
    [{ labels: [{ label: 1, action: 'dynamic', vnf: 'fw2', reverse: [20, 3] }] }, 'IMPLICIT_NULL'],
    [
      {
        nextHops: { far: { interface: 'eth0', mac: '02:00:00:00:09:09' } },
        labels: [{ label: 1, action: 'forward', nextHop: 'far', out: 3 }],
      },
      'IMPLICIT_NULL',
    ],
    [{ attachments: { fw1: { host: true } } }, 'OWNED_BY_ANOTHER'],
    [{ attachments: { other: { interface: 'fw2-in', mac: '02:00:00:00:09:09' } } }, 'PORT_TWICE'],
    [
      {
        labels: [
          { label: 1, action: 'dynamic', vnf: 'fw2' },
          { label: 2, action: 'static', vnf: 'fw2', stack: [5] },
        ],
      },
      'ONE_CHAIN_ONLY',
    ],
    [
      {
        firewalls: { f: { policy: 'drop', rules: [{ action: 'accept', source: '10.0.0.0/8', destination: '::/0' }] } },
      },
      'FIREWALL_RULE',
    ],
  ]
  for (const [tables, code] of refused) await assert.rejects(daemon.put('plan', tables), { code })
  assert.equal(daemon.image.generation, generation)
  assert.equal((await label(16100))?.[0], 6)
  assert.equal(await label(1), undefined)
})

test('an interface that goes takes its instances out, and gives them back when it comes again', async (t) => {
  const { daemon, plane, host } = await setUp(t)
  await daemon.put('plan', {
    services: [
      {
        service: 'fw',
        action: 'forward',
        instances: [
          { name: 'a', vnf: 'fw1' },
          { name: 'b', vnf: 'fw2' },
        ],
      },
    ],
    labels: [{ label: 16100, action: 'service', service: 'fw' }],
  })
  assert.deepEqual(await states(plane), [1, 1])
  const gone = host.get('fw2-in')
  assert.ok(gone)
  host.delete('fw2-in')
  const events: unknown[] = []
  daemon.on('interface', (event) => events.push(event))
  await daemon.tick()
  assert.deepEqual(await states(plane), [1, 0])
  host.set('fw2-in', { ...gone, index: 77 })
  await daemon.tick()
  assert.deepEqual(await states(plane), [1, 1])
  assert.equal(plane.attached().get('fw2-in')?.index, 77)
  assert.deepEqual(events, [
    { interface: 'fw2-in', present: false },
    { interface: 'fw2-in', present: true },
  ])
})

async function states(plane: MemoryPlane): Promise<(number | undefined)[]> {
  const entries = await collect(plane.table('instances').entries())
  return entries.sort((a, b) => a.key.readUInt32LE() - b.key.readUInt32LE()).map(({ value }) => value[0])
}

test('DELAY holds first packets, asks, and lets them go in order when the answer is there', async (t) => {
  const { daemon, plane, pass } = await setUp(t)
  const label = { label: 16100, action: 'service', service: 'orange/cg/classify' } as const
  await daemon.put('controller', { labels: [label], services: [{ service: 'orange', action: 'delay' }] })
  const [id = 0] = [...daemon.image.names.services.keys()]
  const held: unknown[] = []
  daemon.on('held', (event) => held.push(event))
  for (const byte of [1, 2, 3]) plane.hold({ service: id, interfaceIndex: 2, frame: Buffer.of(byte) })
  assert.deepEqual(held, [{ service: 'orange/cg/classify', interface: 'eth0', bytes: 1 }])
  await daemon.put('controller', {
    labels: [label],
    services: [
      { service: 'orange', action: 'delay' },
      { service: 'orange/cg', action: 'demux', vnf: 'fw2' },
    ],
  })
  assert.deepEqual(
    plane.released.map(({ frame }) => frame[0]),
    [1, 2, 3],
  )
  plane.hold({ service: id, interfaceIndex: 2, frame: Buffer.of(4) })
  assert.equal(plane.released.length, 4, 'what was under way goes on at once')
  await daemon.put('controller', { labels: [label], services: [{ service: 'orange', action: 'delay' }] })
  plane.hold({ service: id, interfaceIndex: 2, frame: Buffer.of(5) })
  pass(6000)
  await daemon.tick()
  assert.deepEqual([daemon.held.count, daemon.held.dropped], [0, 1])
})

test('the API puts, shows and refuses over the socket, which is for its owner only', async (t) => {
  const { daemon, config } = await setUp(t)
  const servers = await serveApi(daemon, config, '1.2.3')
  t.after(() => servers.close())
  const client = new ProxyClient(config.api)
  assert.equal((await client.info()).version, '1.2.3')
  const { digest } = await client.tables('plan')
  const tables: Tables = { labels: [{ label: 16100, action: 'dynamic', vnf: 'fw1', service: 'fw' }] }
  const dry = await client.putTables('plan', tables, { dryRun: true })
  assert.deepEqual(
    dry.changes.map(({ operation, path }) => [operation, path]),
    [['create', '/labels/16100']],
  )
  assert.equal((await client.tables('plan')).digest, digest, 'a dry run changes nothing')
  await client.putTables('plan', tables, { ifMatch: digest })
  await assert.rejects(client.putTables('plan', {}, { ifMatch: digest }), { code: 'TABLES_CHANGED', category: 'stale' })
  await assert.rejects(client.putTables('config', {}), { code: 'OWNED_BY_ANOTHER', category: 'rejected' })
  await assert.rejects(client.putTables('plan', { labels: [{ label: 1 << 20, action: 'pop' }] }), {
    code: 'INVALID',
    category: 'data',
  })
  const labels = await collect(client.lines('labels'))
  assert.deepEqual(labels, [
    {
      kind: 'proxy-label',
      id: 'label:16100',
      label: 16100,
      action: 'dynamic',
      target: 'fw1',
      service: 'fw',
      owner: 'plan',
      packets: '0',
      bytes: '0',
    },
  ])
  await assert.rejects(new ProxyClient({ socket: '/nonexistent' }).info(), { code: 'ENOENT', category: 'connect' })
  await assert.rejects(serveApi(daemon, config, '1'), { code: 'ALREADY_RUNNING' })
})

test('hostile requests are answered with an error and the API goes on', async (t) => {
  const { daemon, config } = await setUp(t)
  const servers = await serveApi(daemon, config, '1')
  t.after(() => servers.close())
  const { request } = await import('node:http')
  const send = (method: string, path: string, body: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const out = request({ socketPath: config.api.socket, method, path }, (response) => {
        response.resume()
        response.once('end', () => resolve(response.statusCode ?? 0))
      })
      out.once('error', (error: NodeJS.ErrnoException) =>
        error.code === 'EPIPE' || error.code === 'ECONNRESET' ? resolve(400) : reject(error),
      )
      out.end(body)
    })
  assert.equal(await send('PUT', '/v1/tables/plan', '{'), 400)
  assert.equal(await send('PUT', '/v1/tables/plan', '[]'), 400)
  assert.equal(await send('PUT', '/v1/tables/plan', '{"__proto__":1}'), 400)
  assert.equal(await send('PUT', '/v1/tables/..%2fetc', '{}'), 404)
  assert.equal(await send('PUT', '/v1/tables/plan', ' '.repeat(17 * 1024 * 1024)), 400)
  assert.equal(await send('DELETE', '/', ''), 404)
  assert.equal(await send('GET', '/v1/%ff', ''), 404)
  assert.equal(await send('GET', '/metrics', ''), 200)
})
