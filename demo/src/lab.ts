import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Device, netconfdMissing, startDevice, startNetconfd } from '@segchain/netconf-device'
import type { PlanElement } from '@segchain/records'
import ssh2 from 'ssh2'

/** What the demo needs around the tools: devices to program, and how to reach them. */
export interface Lab {
  readonly folder: string
  /** Device intents that point at the devices of this lab. */
  readonly devices: string
  readonly knownHosts: string
  /** For what netconf-push has under way. */
  readonly journal: string
  /** Which program plays which device. */
  readonly played: ReadonlyMap<string, string>
  /** Ends the devices and takes the folder away. */
  stop(): Promise<void>
}

interface Reachable {
  readonly port: number
  readonly user: string
  readonly keyFile: string
  readonly knownHosts: string
}

/** What netconf-push configures; the rest of a plan is for other tools. */
const ROUTER_KINDS: ReadonlySet<PlanElement['kind']> = new Set([
  'segment-routing',
  'loopback',
  'prefix-sid',
  'flex-algo',
])

/** The routers that a plan configures, by name. */
export function routersOf(elements: readonly PlanElement[]): readonly string[] {
  return [...new Set(elements.filter(({ kind }) => ROUTER_KINDS.has(kind)).map(({ device }) => device))].sort()
}

/**
 * Starts a NETCONF device for each name: Debian's netconfd behind OpenSSH for the first one where it is
 * installed (and we are root, which its login needs), embedded devices for the others.
 */
export async function startLab(names: readonly string[]): Promise<Lab> {
  const folder = mkdtempSync(join(tmpdir(), 'segchain-demo-'))
  const ends: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    await Promise.all(ends.map((end) => end()))
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const keyFile = join(folder, 'id_ed25519')
    // One in some hundred keys of ssh2 is one that ssh2 itself cannot read.
    let key = ssh2.utils.generateKeyPairSync('ed25519', { comment: 'segchain demo' })
    while (ssh2.utils.parseKey(key.public) instanceof Error) {
      key = ssh2.utils.generateKeyPairSync('ed25519', { comment: 'segchain demo' })
    }
    writeFileSync(keyFile, key.private, { mode: 0o600 })
    const reachable = new Map<string, Reachable>()
    const played = new Map<string, string>()
    for (const [index, name] of names.entries()) {
      const real = index === 0 && netconfdMissing() === undefined
      played.set(name, real ? 'netconfd behind OpenSSH' : 'embedded NETCONF device')
      reachable.set(name, real ? await realDevice(ends) : await embeddedDevice(ends, key.public, keyFile))
    }
    const devices = join(folder, 'devices')
    mkdirSync(devices)
    for (const [name, device] of reachable) writeFileSync(join(devices, `${name}.yaml`), deviceIntent(name, device))
    const knownHosts = join(folder, 'known_hosts')
    writeFileSync(knownHosts, [...reachable.values()].map((device) => device.knownHosts).join(''))
    return { folder, devices, knownHosts, journal: join(folder, 'journal'), played, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function realDevice(ends: (() => Promise<void>)[]): Promise<Reachable> {
  const device = await startNetconfd()
  ends.push(() => device.stop())
  const knownHosts = readFileSync(device.knownHostsFile, 'utf8')
  return { port: device.port, user: device.user, keyFile: device.keyFile, knownHosts }
}

async function embeddedDevice(ends: (() => Promise<void>)[], publicKey: string, keyFile: string): Promise<Reachable> {
  const device: Device = await startDevice({ authorizedKeys: [publicKey] })
  ends.push(() => device.stop())
  return { port: device.port, user: 'segchain', keyFile, knownHosts: `${device.hostKeyLine.trim()}\n` }
}

function deviceIntent(name: string, device: Reachable): string {
  return [
    'apiVersion: segchain/v1',
    'kind: Device',
    `metadata: { name: ${name} }`,
    'spec:',
    '  address: 127.0.0.1',
    `  port: ${device.port}`,
    `  user: ${device.user}`,
    '  dialect: ietf',
    // Nobody in the demo is a PCE, and the IETF has no model of policies: the demo shows them, and leaves them there.
    '  policies: elsewhere',
    `  keyFile: ${JSON.stringify(device.keyFile)}`,
    '',
  ].join('\n')
}
