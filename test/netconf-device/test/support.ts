import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ApplyOptions, type InventoryDevice, parseKnownHosts } from '@segchain/netconf-push'
import type { PlanElement } from '@segchain/records'
import ssh2 from 'ssh2'

const reason = { text: 'a test', intents: [] }

/** SRGB, two prefix-SIDs (one of a Flex-Algo) and an anycast loopback: what the demo's plan has for a router. */
export function elementsFor(device: string, index = 101): PlanElement[] {
  return [
    {
      kind: 'segment-routing',
      id: `segment-routing:${device}`,
      device,
      step: 1,
      reason,
      srgb: [{ first: 16000, size: 8000 }],
    },
    { kind: 'loopback', id: `loopback:${device}:1`, device, step: 1, reason, prefix: '10.254.0.1/32', number: 1 },
    prefixSid(device, '10.254.0.1/32', 0, index),
    prefixSid(device, '10.254.0.2/32', 128, index + 100),
  ]
}

export function prefixSid(device: string, prefix: string, algorithm: number, index: number): PlanElement {
  return {
    kind: 'prefix-sid',
    id: `prefix-sid:${device}:${prefix}:${algorithm}`,
    device,
    step: 1,
    reason,
    prefix,
    algorithm,
    index,
    label: 16000 + index,
    lastHopBehavior: 'no-php',
    nodeFlag: false,
    anycast: true,
  }
}

export interface Workspace {
  readonly folder: string
  readonly keyFile: string
  readonly publicKey: string
  file(name: string, content: string): string
  remove(): void
}

export function createWorkspace(): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'segchain-test-'))
  const keys = ssh2.utils.generateKeyPairSync('ed25519')
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content, { mode: 0o600 })
    return join(folder, name)
  }
  return {
    folder,
    keyFile: file('key', keys.private),
    publicKey: keys.public,
    file,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export function inventoryDevice(name: string, port: number, keyFile: string): InventoryDevice {
  return {
    name,
    address: '127.0.0.1',
    port,
    user: 'root',
    keyFile,
    igpInstance: 'default',
    file: 'devices.yaml',
    line: 1,
  }
}

export function optionsFor(devices: readonly InventoryDevice[], knownHosts: string, dryRun = false): ApplyOptions {
  return {
    inventory: new Map(devices.map((device) => [device.name, device])),
    knownHosts: parseKnownHosts(knownHosts, 'known_hosts'),
    timeouts: { connectMs: 5000, rpcMs: 5000, commitMs: 10_000 },
    unsupported: 'error',
    dryRun,
  }
}

export const silent = { phase: () => undefined, note: () => undefined, trouble: () => undefined }
