import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parseObject } from '../src/bpf/object.js'
import { stats } from '../src/daemon/stats.js'
import { ABI_VERSION, encodeConfig } from '../src/layout/config.js'
import { encodeFirewallRule, encodeFirewallSet } from '../src/layout/firewall.js'
import { encodeL2, encodeVnf, VnfKind } from '../src/layout/l2.js'
import {
  encodeLabel,
  encodeLabelKey,
  encodeStack,
  KEEP_LABEL,
  LabelAction,
  POP_LABEL,
  ProgramSlots,
} from '../src/layout/label.js'
import { encodePort, encodePortKey, ReturnMode } from '../src/layout/port.js'
import {
  encodeInstance,
  encodeService,
  encodeServiceKey,
  encodeServiceName,
  InstanceState,
  MAX_DEPTH,
  ServiceAction,
} from '../src/layout/service.js'
import { SESSION_SIZE } from '../src/layout/session.js'
import { u32 } from '../src/layout/struct.js'

const bpf = new URL('../../bpf/', import.meta.url)
const header = readFileSync(new URL('include/tables.h', bpf), 'utf8')
const { maps, programs } = parseObject(readFileSync(new URL('objects/sr-proxy.o', bpf)))

/** `SR_LABEL_DYNAMIC` → 1. */
function constant(name: string): number {
  const text = new RegExp(`#define ${name} (0x[0-9a-f]+|\\d+)u?`).exec(header)?.[1]
  assert.ok(text, `${name} is in tables.h`)
  return Number(text)
}

const upper = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()

test('keys and values have the sizes of the compiled data plane', () => {
  const l2 = { tx: 1, mtu: 1500, vlan: 0, destination: '02:00:00:00:00:01', source: '02:00:00:00:00:02' }
  const counted = { uniform: true, counter: 1 }
  const config = { generation: 1, passUnknown: true, defaultNextHop: 1, endNextHop: 1, icmpPerSecond: 1 }
  const port = { vnf: 1, scope: 1, sentScope: 1, mode: 'session', passOthers: true, stack: 1 } as const
  const rule = { action: 'drop', source: '10.0.0.0/8', destinationPort: '1-2' } as const
  const written: Record<string, readonly [Buffer, Buffer]> = {
    config: [u32(0), encodeConfig(config)],
    labels: [encodeLabelKey(1, 1), encodeLabel({ action: 'pop', ...counted })],
    vnfs: [u32(0), encodeVnf({ kind: 'port', l2, scope: 1, rewrites: true })],
    nexthops: [u32(0), encodeL2(l2)],
    mirror_l2: [u32(0), encodeL2(l2)],
    ports: [encodePortKey({ interfaceIndex: 1, vlan: 0 }, 1), encodePort(port)],
    stacks: [u32(0), encodeStack([1, 2])],
    service_names: [u32(0), encodeServiceName('a/b')],
    services: [encodeServiceKey('a/b', 1), encodeService({ action: 'drop', ...counted })],
    service_slots: [u32(0), u32(1)],
    instances: [u32(0), encodeInstance({ state: 'active' })],
    firewall_sets: [u32(0), encodeFirewallSet(0, 1, 'drop')],
    firewall_rules: [u32(0), encodeFirewallRule(rule, 1)],
  }
  for (const [name, [key, value]] of Object.entries(written)) {
    const map = maps.find((one) => one.name === name)
    assert.deepEqual([name, map?.keySize, map?.valueSize], [name, key.length, value.length])
  }
  for (const name of ['sessions4', 'sessions6']) {
    assert.equal(maps.find((one) => one.name === name)?.valueSize, SESSION_SIZE)
  }
})

test('numbers are those of tables.h', () => {
  assert.equal(ABI_VERSION, constant('SR_ABI_VERSION'))
  assert.equal(MAX_DEPTH, constant('SR_MAX_DEPTH'))
  assert.deepEqual([KEEP_LABEL, POP_LABEL], [constant('SR_KEEP_LABEL'), constant('SR_POP_LABEL')])
  const tables = { LABEL: LabelAction, RETURN: ReturnMode, SERVICE: ServiceAction, INSTANCE: InstanceState }
  for (const [prefix, values] of Object.entries(tables)) {
    for (const [name, value] of Object.entries(values))
      assert.equal(value, constant(`SR_${prefix}_${upper(name)}`), name)
  }
  assert.deepEqual([VnfKind.port, VnfKind.host], [constant('SR_VNF_PORT'), constant('SR_VNF_HOST')])
  assert.equal(stats.length, constant('SR_STAT_MAX'))
  for (const [index, name] of stats.entries()) {
    assert.equal(index, constant(`SR_STAT_${name.replace('-', '_').toUpperCase()}`), name)
  }
  for (const [name, slot] of Object.entries(ProgramSlots)) {
    const constantName = { sr_answers: 'SR_PROG_ANSWER' }[name] ?? `SR_PROG_${name.slice(3).toUpperCase()}`
    assert.equal(slot, constant(constantName), name)
    assert.ok(
      programs.some((program) => program.name === name),
      `${name} is in the object`,
    )
  }
})
