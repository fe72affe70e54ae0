import type { Duplex } from 'node:stream'
import { SegchainError } from '@segchain/records'
import type { InventoryDevice } from '../inventory/index.js'
import { NetconfSession } from '../rpc/index.js'
import type { RpcError } from '../rpc/rpc-error.js'
import { authMethods, connectSsh, type KnownHostLine, type SshConnection } from '../transport/index.js'
import type { XmlLimits } from '../xml/index.js'

/** Time-outs in milliseconds. */
export interface Timeouts {
  readonly connectMs: number
  readonly rpcMs: number
  readonly commitMs: number
}

export interface ConnectOptions {
  readonly knownHosts: readonly KnownHostLine[]
  readonly timeouts: Timeouts
  readonly agent?: string
  readonly password?: string
  readonly inventory: ReadonlyMap<string, InventoryDevice>
  /** Milliseconds between questions whether the device is still there; three without an answer end the connection. */
  readonly keepAliveMs?: number
  /** Of an answer; a large router's whole configuration is 50 MB. */
  readonly limits?: XmlLimits
  /** Send a request only when the one before it is answered. */
  readonly oneAtATime?: boolean
  readonly onWarning?: (device: string, operation: string, warning: RpcError) => void
}

export interface OpenSession {
  readonly session: NetconfSession
  close(): Promise<void>
  destroy(): void
}

const DEFAULT_KEEP_ALIVE_MS = 15_000

/** SSH (through jump hosts where the inventory says so), the subsystem `netconf`, and the hellos. */
export async function openNetconf(device: InventoryDevice, options: ConnectOptions): Promise<OpenSession> {
  const ssh = await openSsh(device, options)
  try {
    const session = await NetconfSession.open(await ssh.connection.subsystem('netconf'), {
      helloTimeoutMs: options.timeouts.connectMs,
      rpcTimeoutMs: options.timeouts.rpcMs,
      ...(options.limits === undefined ? {} : { limits: options.limits }),
      oneAtATime: options.oneAtATime ?? false,
      whyGone: () => ssh.connection.trouble(),
      onWarning: (operation, warning) => options.onWarning?.(device.name, operation, warning),
    })
    return {
      session,
      close: async () => {
        await session.close()
        ssh.close()
      },
      destroy: () => {
        session.destroy()
        ssh.close()
      },
    }
  } catch (error) {
    ssh.close()
    throw error
  }
}

export interface OpenSsh {
  readonly connection: SshConnection
  close(): void
}

/** @throws {SegchainError} `connect`, or `usage` for a jump host that is not in the inventory or leads in a circle. */
export async function openSsh(
  device: InventoryDevice,
  options: ConnectOptions,
  via: readonly string[] = [],
): Promise<OpenSsh> {
  const jump = device.jumpHost === undefined ? undefined : await openJump(device, device.jumpHost, options, via)
  try {
    const connection = await connectSsh({
      host: device.address,
      port: device.port,
      user: device.user,
      auth: await authMethods({ ...device, ...options }),
      knownHosts: options.knownHosts,
      connectTimeoutMs: options.timeouts.connectMs,
      keepAliveMs: options.keepAliveMs ?? DEFAULT_KEEP_ALIVE_MS,
      ...(jump === undefined ? {} : { through: jump.open }),
    })
    return {
      connection,
      close: () => {
        connection.close()
        jump?.close()
      },
    }
  } catch (error) {
    jump?.close()
    throw error
  }
}

async function openJump(
  device: InventoryDevice,
  name: string,
  options: ConnectOptions,
  via: readonly string[],
): Promise<{ open(): Promise<Duplex>; close(): void }> {
  const jumpHost = options.inventory.get(name)
  if (jumpHost === undefined || via.includes(name)) {
    throw new SegchainError({
      category: 'usage',
      code: 'JUMP_HOST',
      message:
        jumpHost === undefined
          ? `the jump host ${name} is no Device with an address`
          : `the jump hosts ${[...via, name].join(' → ')} are a circle`,
      where: { file: device.file, line: device.line },
    })
  }
  const ssh = await openSsh(jumpHost, options, [...via, device.name])
  const open = (): Promise<Duplex> =>
    ssh.connection.forward(device.address, device.port).catch((cause: unknown) => {
      throw new SegchainError({
        category: 'connect',
        code: 'JUMP_HOST',
        message: `the jump host ${name} does not reach ${device.address}:${device.port}`,
        hint: 'it must allow TCP forwarding, and have a route',
        cause,
      })
    })
  return { open, close: () => ssh.close() }
}
