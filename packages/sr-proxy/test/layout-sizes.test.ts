import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parseObject } from '../src/bpf/object.js'
import { encodeConfig } from '../src/layout/config.js'
import { encodeFirewallRule, encodeFirewallSet } from '../src/layout/firewall.js'
import { encodeVnf } from '../src/layout/l2.js'
import { encodeLabel, encodeLabelKey, encodeStack } from '../src/layout/label.js'
import { encodePort, encodePortKey } from '../src/layout/port.js'
import { encodeInstance, encodeService, encodeServiceKey, encodeServiceName } from '../src/layout/service.js'
import { decodeSession, SESSION_SIZE } from '../src/layout/session.js'
import { loadWasm } from '../src/wasm/load.js'

const object = parseObject(readFileSync(new URL('../../bpf/objects/sr-proxy.o', import.meta.url)))

test('keys and values have one size in TypeScript, in the eBPF object and in WebAssembly', async () => {
  const config = { generation: 1, passUnknown: false, defaultNextHop: 0, endNextHop: 0, icmpPerSecond: 0 }
  const port = { vnf: 1, scope: 1, sentScope: 1, mode: 'session', passOthers: false, stack: 0 } as const
  const sizes: Record<string, [key: number, value: number]> = {
    config: [4, encodeConfig(config).length],
    labels: [encodeLabelKey(1, 1).length, encodeLabel({ action: 'pop', uniform: false, counter: 0 }).length],
    ports: [encodePortKey({ interfaceIndex: 1, vlan: 0 }, 1).length, encodePort(port).length],
    vnfs: [4, encodeVnf({ kind: 'host', scope: 0, rewrites: false }).length],
    stacks: [4, encodeStack([]).length],
    sessions4: [16, SESSION_SIZE],
    sessions6: [40, SESSION_SIZE],
    service_names: [4, encodeServiceName('a').length],
    services: [encodeServiceKey('a', 1).length, encodeService({ action: 'drop', uniform: false, counter: 0 }).length],
    instances: [4, encodeInstance({ state: 'gone' }).length],
    firewall_sets: [4, encodeFirewallSet(0, 0, 'drop').length],
    firewall_rules: [4, encodeFirewallRule({ action: 'drop' }, 0).length],
  }
  const plane = await loadWasm()
  for (const [name, [key, value]] of Object.entries(sizes)) {
    const map = object.maps.find((one) => one.name === name)
    const table = plane.table(name)
    assert.deepEqual([name, map?.keySize, map?.valueSize], [name, key, value])
    assert.deepEqual([name, table.keySize, table.valueSize], [name, key, value])
  }
})

test('every table in WebAssembly is a map of the eBPF object, of the same shape', async () => {
  for (const table of (await loadWasm()).tables.values()) {
    const map = object.maps.find((one) => one.name === table.name)
    assert.deepEqual([table.name, map?.keySize, map?.valueSize], [table.name, table.keySize, table.valueSize])
  }
})

test('the age of a session is told in seconds: the data plane counts in units of 2^30 ns', async () => {
  const value = Buffer.alloc(SESSION_SIZE)
  value.writeUInt32LE(10_000, 4)
  assert.equal(decodeSession(Buffer.alloc(16), value).seenS, 10_737.41824)
})
