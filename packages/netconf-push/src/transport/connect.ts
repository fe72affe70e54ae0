import { SegchainError } from '@segchain/records'
import type { Client, ClientChannel } from 'ssh2'
import { hostKeyAlgorithms, verifyHostKey } from './known-hosts/index.js'
import { sshError, TOO_MANY_KEYS } from './ssh-error.js'
import type { SshTarget } from './ssh-target.js'
import { loadSsh2 } from './ssh2.js'
import { withCertifiedKey } from './with-certified-key.js'

export interface SshConnection {
  readonly client: Client
  /** Why it broke, where that is known. */
  trouble(): string | undefined
  /** @throws {SegchainError} category `connect`, code `NO_SUBSYSTEM`. */
  subsystem(name: string): Promise<ClientChannel>
  /** Runs a command; for devices that are spoken to by their CLI. */
  exec(command: string): Promise<ClientChannel>
  /** A TCP stream to another host from there. */
  forward(host: string, port: number): Promise<ClientChannel>
  close(): void
}

/**
 * Servers end a connection after a few keys (OpenSSH after six), and an agent may have more: once more then without
 * the agent, where there is another way to log in.
 *
 * @throws {SegchainError} category `connect`, with a code for each kind of trouble.
 */
export async function connectSsh(target: SshTarget): Promise<SshConnection> {
  try {
    return await connectOnce(target)
  } catch (error) {
    const auth = target.auth.filter(({ type }) => type !== 'agent')
    const few = auth.length === 0 || auth.length === target.auth.length
    if (few || !(error instanceof SegchainError) || error.code !== TOO_MANY_KEYS) throw error
    return connectOnce({ ...target, auth })
  }
}

async function connectOnce(target: SshTarget): Promise<SshConnection> {
  const { Client } = await loadSsh2()
  const knownHosts = await withCertifiedKey(target)
  const sock = await target.through?.()
  const client = new Client()
  let hostKeyError: SegchainError | undefined
  await new Promise<void>((resolve, reject) => {
    client.once('ready', resolve)
    client.once('close', () =>
      reject(hostKeyError ?? sshError(new Error('the connection was closed'), target.host, target.port)),
    )
    client.on('error', (error) => {
      // An agent that is not there is no reason to give up: ssh2 goes on with the next way to log in.
      if (error.level !== 'agent') reject(hostKeyError ?? sshError(error, target.host, target.port))
    })
    client.connect({
      host: target.host,
      port: target.port,
      username: target.user,
      authHandler: [...target.auth],
      readyTimeout: target.connectTimeoutMs,
      keepaliveInterval: target.keepAliveMs,
      keepaliveCountMax: 3,
      algorithms: { serverHostKey: hostKeyAlgorithms(knownHosts, target.host, target.port) },
      hostVerifier: (key: Buffer) => {
        try {
          verifyHostKey(knownHosts, target.host, target.port, key)
          return true
        } catch (error) {
          if (error instanceof SegchainError) hostKeyError = error
          return false
        }
      },
      ...(sock === undefined ? {} : { sock }),
    })
  }).catch((error: unknown) => {
    client.destroy()
    throw error
  })
  // Requests are small and one waits for the other: Nagle's algorithm would add 40 ms to each.
  client.setNoDelay(true)
  return connectionOf(client, target)
}

function connectionOf(client: Client, target: SshTarget): SshConnection {
  const channel = (open: (done: (error: Error | undefined, channel: ClientChannel) => void) => void) =>
    new Promise<ClientChannel>((resolve, reject) => {
      open((error, opened) => (error === undefined || error === null ? resolve(opened) : reject(error)))
    })
  let trouble: string | undefined
  // Trouble shows on the channels too, without its reason; without a listener it would end the process.
  client.on('error', (error) => {
    trouble ??= error.level === 'client-timeout' ? 'no answer to keep-alive' : error.message
  })
  return {
    client,
    trouble: () => trouble,
    subsystem: (name) =>
      channel((done) => client.subsys(name, done)).catch((cause: unknown) => {
        throw new SegchainError({
          category: 'connect',
          code: 'NO_SUBSYSTEM',
          message: `${target.host}:${target.port} has no SSH subsystem ${name}`,
          hint: 'switch NETCONF over SSH on (port 830), or choose another port or dialect in the Device intent',
          cause,
        })
      }),
    exec: (command) => channel((done) => client.exec(command, done)),
    forward: (host, port) => channel((done) => client.forwardOut('127.0.0.1', 0, host, port, done)),
    close: () => {
      client.end()
      setTimeout(() => client.destroy(), 1000).unref()
    },
  }
}
