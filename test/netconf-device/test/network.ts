import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DevicePlan, TransactionOptions } from '@segchain/netconf-push'
import { type Device, type DeviceOptions, startDevice } from '../src/index.js'
import { planOf } from './command-line.js'
import { createWorkspace, elementsFor, inventoryDevice, optionsFor, type Workspace } from './support.js'

/** Some devices, their inventory, and a plan for them all. */
export interface Network {
  readonly devices: readonly Device[]
  readonly workspace: Workspace
  readonly plans: readonly DevicePlan[]
  /** The flags of the tool for this network. */
  readonly flags: readonly string[]
  /** The same on a host that has another journal. */
  elsewhere(host: string): readonly string[]
  /** For commands that take no plan. */
  readonly settleFlags: readonly string[]
  readonly planText: string
  options(changes?: Partial<TransactionOptions>): TransactionOptions
  /** Which devices have the plan in running, as a text: `yes no`. */
  state(): string
  /** Journals that are not ended. */
  journals(): string[]
  stop(): Promise<void>
}

export async function startNetwork(count: number, options: Partial<DeviceOptions> = {}): Promise<Network> {
  const workspace = createWorkspace()
  const devices = await Promise.all(
    Array.from({ length: count }, () => startDevice({ authorizedKeys: [workspace.publicKey], ...options })),
  )
  const names = devices.map((_, index) => `r${index + 1}`)
  const inventory = devices.map((device, index) => inventoryDevice(names[index] ?? '', device.port, workspace.keyFile))
  const plans = inventory.map((device, index) => ({ device, elements: elementsFor(device.name, 101 + index) }))
  const knownHosts = devices.map((device) => `${device.hostKeyLine}\n`).join('')
  const journalFolder = join(workspace.folder, 'journal')
  const yaml = inventory.map(
    (device) =>
      `apiVersion: segchain/v1\nkind: Device\nmetadata: {name: ${device.name}}\nspec: {address: 127.0.0.1, port: ${device.port}, user: admin, dialect: ietf, keyFile: ${workspace.keyFile}}\n`,
  )
  const flags = [
    '--devices',
    workspace.file('devices.yaml', yaml.join('---\n')),
    '--known-hosts',
    workspace.file('known_hosts', knownHosts),
    '--journal',
    journalFolder,
  ]
  return {
    devices,
    workspace,
    plans,
    flags,
    elsewhere: (host) => [...flags.slice(0, -1), join(workspace.folder, host)],
    settleFlags: flags,
    planText: planOf(plans.flatMap((plan) => plan.elements)),
    options: (changes = {}) => optionsFor(inventory, knownHosts, { journalFolder, ...changes }),
    state: () => devices.map((device) => (device.running().includes('<lower-bound>16000<') ? 'yes' : 'no')).join(' '),
    journals: () => {
      try {
        return readdirSync(journalFolder).filter((name) => name.endsWith('.ndjson'))
      } catch {
        return []
      }
    },
    stop: async () => {
      await Promise.all(devices.map((device) => device.stop()))
      workspace.remove()
    },
  }
}
