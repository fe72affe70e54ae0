import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Hop, ProxyEntryElement } from '@segchain/records'
import { root } from '../src/pipeline.js'
import { startProxies } from '../src/proxies.js'
import { passThrough } from '../src/through-proxy.js'

const tools = { root, signal: new AbortController().signal }

function entry(
  label: number,
  attachment: string,
  behavior: ProxyEntryElement['behavior'] = 'End.AD',
): ProxyEntryElement {
  return {
    kind: 'proxy-entry',
    id: `proxy-entry:h:${label}`,
    device: 'h',
    step: 2,
    reason: { text: 'a test', intents: [] },
    label,
    service: `net/${attachment}`,
    instance: 'one',
    behavior,
    attachment,
  }
}

test('the demo fails when the proxy does not do what the plan says', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'segchain-test-'))
  const planned = [entry(100, 'fw'), entry(101, 'ids')]
  const proxies = await startProxies(tools, folder, planned)
  t.after(async () => {
    await proxies.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const proxy = proxies.byDevice.get('h')
  assert.ok(proxy)
  const hops: Hop[] = [
    { position: 1, node: 'h', labels: [100, 101, 200], action: 'service' },
    { position: 1, node: 'h', labels: [101, 200], action: 'service' },
    { position: 1, node: 'h', labels: [200], action: 'swap' },
  ]
  // Nobody has put the labels there: the packet goes on as it came, past the VNFs.
  await assert.rejects(
    passThrough(tools, folder, proxy, hops, planned),
    /h did not follow the plan:\nthe next node 100,101,200/,
  )
})
