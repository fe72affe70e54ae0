import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  type DeviceOutcome,
  type DevicePlan,
  type InventoryDevice,
  parseKnownHosts,
  runTransaction,
  type TransactionOptions,
  type Watch,
} from '@segchain/netconf-push'
import type { PlanElement } from '@segchain/records'
import { generateKeyPair } from '../src/index.js'

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
  const keys = generateKeyPair()
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

export function optionsFor(
  devices: readonly InventoryDevice[],
  knownHosts: string,
  changes: Partial<TransactionOptions> = {},
): TransactionOptions {
  return {
    inventory: new Map(devices.map((device) => [device.name, device])),
    knownHosts: parseKnownHosts(knownHosts, 'known_hosts'),
    // Generous: nothing here waits for them, and the machine may be busy.
    timeouts: { connectMs: 60_000, rpcMs: 60_000, commitMs: 60_000 },
    unsupported: 'error',
    dryRun: false,
    keepGoing: false,
    hold: false,
    concurrency: 8,
    confirmTimeoutS: 60,
    // Beside the key: in a folder that the test removes.
    journalFolder: join(dirname(devices[0]?.keyFile ?? tmpdir()), 'journal'),
    signal: new AbortController().signal,
    now: () => '2026-01-01T00:00:00Z',
    ...changes,
  }
}

/** A transaction of one device. */
export async function applyDevice(plan: DevicePlan, options: TransactionOptions, watch: Watch): Promise<DeviceOutcome> {
  const { outcomes } = await runTransaction([plan], options, watch)
  const [outcome] = outcomes
  if (outcome === undefined) throw new Error('no outcome')
  return outcome
}

export const silent: Watch = { phase: () => undefined, note: () => undefined, trouble: () => undefined }
