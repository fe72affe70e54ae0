import { createReadStream } from 'node:fs'
import { text } from 'node:stream/consumers'
import type { Logger } from '@segchain/cli-kit'
import { type InventoryDevice, loadInventory } from '../inventory/index.js'
import { describe } from '../rpc/rpc-error.js'
import type { TargetOptions } from '../transaction/target-options.js'
import { loadKnownHosts } from '../transport/index.js'

export interface DeviceFlagValues {
  readonly devices: string
  readonly device?: readonly string[] | undefined
  readonly unsupported: string
  readonly 'known-hosts'?: readonly string[] | undefined
  readonly 'key-file'?: string | undefined
  readonly 'password-file'?: string | undefined
  readonly 'password-fd'?: number | undefined
  readonly concurrency: number
  readonly 'keep-alive': number
  readonly 'one-at-a-time': boolean
  readonly 'connect-timeout': number
  readonly 'rpc-timeout': number
  readonly 'commit-timeout': number
}

/** The flags and files of a command as what a transaction needs. */
export async function targetOptions(flags: DeviceFlagValues, log: Logger): Promise<TargetOptions> {
  const agent = process.env.SSH_AUTH_SOCK
  return {
    inventory: withDefaults(await loadInventory(flags.devices), flags),
    knownHosts: await loadKnownHosts(flags['known-hosts']),
    unsupported: flags.unsupported === 'skip' ? 'skip' : 'error',
    timeouts: {
      connectMs: flags['connect-timeout'] * 1000,
      rpcMs: flags['rpc-timeout'] * 1000,
      commitMs: flags['commit-timeout'] * 1000,
    },
    keepAliveMs: flags['keep-alive'] * 1000,
    oneAtATime: flags['one-at-a-time'],
    onWarning: (device, operation, warning) => log.warn(`${device}: ${operation}: ${describe(warning)}`),
    ...(agent === undefined || agent === '' ? {} : { agent }),
    ...(flags['password-fd'] === undefined ? {} : { password: await readDescriptor(flags['password-fd']) }),
  }
}

function withDefaults(
  inventory: ReadonlyMap<string, InventoryDevice>,
  flags: DeviceFlagValues,
): ReadonlyMap<string, InventoryDevice> {
  const keyFile = flags['key-file']
  const passwordFile = flags['password-file']
  const defaults = {
    ...(keyFile === undefined ? {} : { keyFile }),
    ...(passwordFile === undefined ? {} : { passwordFile }),
  }
  return new Map([...inventory].map(([name, device]) => [name, { ...defaults, ...device }]))
}

async function readDescriptor(fd: number): Promise<string> {
  return (await text(createReadStream('', { fd }))).split(/\r?\n/, 1)[0] ?? ''
}
