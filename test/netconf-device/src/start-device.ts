import { timingSafeEqual } from 'node:crypto'
import { ietf, knownHostLine, type NetconfDialect, serializeXml } from '@segchain/netconf-push'
import ssh2, { type ParsedKey } from 'ssh2'
import { baseConfig } from './base-config.js'
import { allCapabilities } from './capabilities.js'
import { Datastores } from './datastores.js'
import type { FaultPlan, Quirks } from './faults.js'
import { generateKeyPair } from './key-pair.js'
import { listKeysOf } from './list-keys.js'
import { ServerSession } from './server-session.js'

export interface DeviceOptions {
  /** Private key in OpenSSH form; made when it is not given. */
  readonly hostKey?: string
  /** Public keys, in the form of authorized_keys, that may log in as any user. */
  readonly authorizedKeys: readonly string[]
  readonly password?: string
  readonly capabilities?: readonly string[]
  readonly faults?: FaultPlan
  readonly quirks?: Quirks
  /** Configuration at the start, XML; without it {@link baseConfig}. */
  readonly config?: string
  /** Whose lists the store knows the keys of. */
  readonly dialect?: NetconfDialect
  /** 0: any free port. */
  readonly port?: number
}

export interface Device {
  readonly port: number
  /** For known_hosts. */
  readonly hostKeyLine: string
  /** The running configuration as XML. */
  running(): string
  /** A confirmed commit waits for its confirmation. */
  confirmPending(): boolean
  /** Confirmed commits that the device undid by itself. */
  rollbacks(): number
  /** Every operation so far, in order. */
  readonly operations: readonly string[]
  /** Misdeeds from now on. */
  misbehave(faults: FaultPlan | undefined): void
  stop(): Promise<void>
}

/** Starts a NETCONF device on the loopback address. */
export async function startDevice(options: DeviceOptions): Promise<Device> {
  const hostKey = options.hostKey ?? generateKeyPair().private
  const authorized = options.authorizedKeys.map((line) => parsed(line))
  const stores = new Datastores(
    options.config ?? baseConfig(),
    listKeysOf((options.dialect ?? ietf).schema),
    options.quirks,
  )
  const counts = new Map<string, number>()
  const operations: string[] = []
  let faults = options.faults
  let sessions = 0
  const connections = new Set<ssh2.Connection>()
  const server = new ssh2.Server({ hostKeys: [hostKey] }, (connection) => {
    connections.add(connection)
    // @types/ssh2 has it on the client only.
    Reflect.get(connection, 'setNoDelay')?.call(connection, true)
    connection.on('close', () => connections.delete(connection))
    connection.on('error', () => undefined)
    connection.on('authentication', (context) => {
      if (context.method === 'publickey' && authorized.some((key) => proves(key, context))) return context.accept()
      if (context.method === 'password' && options.password !== undefined && context.password === options.password)
        return context.accept()
      return context.reject(['publickey', 'password'])
    })
    connection.on('session', (accept) => {
      accept().on('subsystem', (acceptSubsystem, reject, info) => {
        if (info.name !== 'netconf') return reject()
        const session = new ServerSession(acceptSubsystem(), {
          id: ++sessions,
          capabilities: options.capabilities ?? allCapabilities,
          stores,
          commitResults: options.quirks?.commitResults === true,
          faultFor: (operation) => {
            const count = (counts.get(operation) ?? 0) + 1
            counts.set(operation, count)
            return faults?.(operation, count)
          },
          onOperation: (operation) => operations.push(operation),
        })
        // A killed client sends no CHANNEL_CLOSE: the connection ends, and with it the session.
        connection.on('end', () => session.leave())
        connection.on('close', () => session.leave())
      })
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const port = (server.address() as { port: number }).port
  return {
    port,
    hostKeyLine: knownHostLine('127.0.0.1', port, parsed(hostKey).getPublicSSH()),
    running: () =>
      stores
        .get('running')
        .children.map((child) => serializeXml(child))
        .join(''),
    confirmPending: () => stores.confirmPending,
    rollbacks: () => stores.rollbacks,
    operations,
    misbehave: (plan) => {
      faults = plan
    },
    stop: () =>
      new Promise((resolve) => {
        stores.dispose()
        server.close(() => resolve())
        for (const connection of connections) connection.end()
      }),
  }
}

function proves(key: ParsedKey, context: ssh2.PublicKeyAuthContext): boolean {
  const known = key.getPublicSSH()
  if (known.length !== context.key.data.length || !timingSafeEqual(known, context.key.data)) return false
  // Without a signature the client only asks whether the key would do.
  if (context.signature === undefined || context.blob === undefined) return true
  return key.verify(context.blob, context.signature, context.hashAlgo) === true
}

function parsed(key: string): ParsedKey {
  const result = ssh2.utils.parseKey(key)
  if (result instanceof Error) throw result
  return Array.isArray(result) ? (result[0] as ParsedKey) : result
}
