import assert from 'node:assert/strict'
import { get } from 'node:http'
import { test } from 'node:test'
import { serveApi } from '../src/api/server.js'
import { u32 } from '../src/layout/struct.js'
import { setUp } from './memory-daemon.js'

/** https://prometheus.io/docs/instrumenting/exposition_formats */
const SAMPLE = /^([a-z_]+)(?:\{((?:[a-z_]+="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (-?\d+)$/
const HEAD = /^# (HELP|TYPE) ([a-z_]+) (.+)$/

test('the metrics are a page that Prometheus reads: by name, each with its type, counters of all CPUs together', async (t) => {
  const { daemon, plane, config } = await setUp(t)
  const servers = await serveApi(daemon, { ...config, metrics: { listen: '127.0.0.1:0' } }, '1')
  t.after(() => servers.close())
  await daemon.put('plan', {
    labels: [
      { label: 16100, action: 'dynamic', vnf: 'fw1' },
      { label: 16101, action: 'service', service: 'net/fw' },
    ],
    services: [{ service: 'net/fw', action: 'forward', instances: [{ name: 'one', vnf: 'fw1' }] }],
  })
  const counter = Buffer.alloc(32)
  for (const [at, value] of [3n, 300n, 4n, 400n].entries()) counter.writeBigUInt64LE(value, 8 * at)
  await plane.table('label_counters').set(u32(daemon.image.names.labelCounters.get(16100) ?? 0), counter)
  const address = servers.listening.find((one) => one.endsWith('/metrics')) ?? ''
  const { type, text, status } = await page(address)
  assert.deepEqual([status, type], [200, 'text/plain; version=0.0.4; charset=utf-8'])
  assert.ok(text.endsWith('\n'))
  const types = new Map<string, string>()
  const samples = new Map<string, string>()
  let current = ''
  for (const line of text.trimEnd().split('\n')) {
    const [, what, named = '', rest = ''] = HEAD.exec(line) ?? []
    if (what === 'HELP') {
      assert.ok(!types.has(named), `${named} stands in one place`)
      current = named
    } else if (what === 'TYPE') {
      assert.equal(named, current)
      types.set(named, rest)
    } else {
      const [, name = '', labels = '', value = ''] = SAMPLE.exec(line) ?? []
      assert.equal(name, current, line)
      assert.ok(!samples.has(`${name}{${labels}}`), line)
      samples.set(`${name}{${labels}}`, value)
    }
  }
  for (const [name, kind] of types) assert.equal(kind, name.endsWith('_total') ? 'counter' : 'gauge', name)
  const label = 'label="16100",action="dynamic",owner="plan"'
  assert.equal(samples.get(`sr_proxy_label_packets_total{${label}}`), '7')
  assert.equal(samples.get(`sr_proxy_label_bytes_total{${label}}`), '700')
  assert.equal(samples.get('sr_proxy_generation{}'), String(daemon.image.generation))
  for (const one of [
    'sr_proxy_drop_packets_total{reason="forged"}',
    'sr_proxy_vnf_packets_total{vnf="fw1",direction="from"}',
    'sr_proxy_instance_packets_total{service="net/fw",instance="one",state="active"}',
  ]) {
    assert.ok(samples.has(one), one)
  }
  assert.equal((await page(address.replace('/metrics', '/v1/info'))).status, 404, 'nothing else is told there')
})

function page(url: string): Promise<{ status: number | undefined; type: string | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      response.once('end', () => resolve({ status: response.statusCode, type: response.headers['content-type'], text }))
    }).once('error', reject)
  })
}
