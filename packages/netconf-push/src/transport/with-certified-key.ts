import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { SegchainError } from '@segchain/records'
import { authoritiesOf, certifiedKey, fetchCertificate } from './host-certificate/index.js'
import { type KnownHostLine, keyTypeOf, knownHostName, lineMatches } from './known-hosts/index.js'
import { sshError } from './ssh-error.js'
import type { SshTarget } from './ssh-target.js'

/**
 * The lines of known_hosts, and one more for the key that an authority of theirs (`@cert-authority`) has
 * certified for this host. It is asked for on a connection of its own, and only when no line has the host
 * itself; the key is then checked like any other that is known.
 *
 * @throws {SegchainError} category `connect`.
 */
export async function withCertifiedKey(target: SshTarget): Promise<readonly KnownHostLine[]> {
  const { knownHosts, host, port, connectTimeoutMs } = target
  const name = knownHostName(host, port)
  const [authority] = authoritiesOf(knownHosts, host, port)
  const known = knownHosts.some((line) => line.marker === undefined && lineMatches(line, name))
  if (authority === undefined || known) return knownHosts
  const certificate = await fetchCertificate(await openStream(target), connectTimeoutMs)
  if (certificate === undefined) {
    throw new SegchainError({
      category: 'connect',
      code: 'HOST_CERTIFICATE',
      message: `${name} has no host certificate, and known_hosts has only an authority for it`,
      hint: 'give the device a certificate (sshd: HostCertificate), or add a line with its own key',
      where: { file: authority.file, line: authority.line },
    })
  }
  const key = certifiedKey(certificate, knownHosts, host, port, Date.now() / 1000)
  const { file, line } = authority
  return [...knownHosts, { hosts: [name], keyType: keyTypeOf(key), key: key.toString('base64'), file, line }]
}

async function openStream({ host, port, through, connectTimeoutMs }: SshTarget): Promise<Duplex> {
  if (through !== undefined) return through()
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: connectTimeoutMs })
    const fail = (error: Error): void => {
      socket.destroy()
      reject(sshError(error, host, port))
    }
    socket.once('error', fail)
    socket.once('timeout', () => fail(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })))
    socket.once('connect', () => {
      socket.removeListener('error', fail)
      socket.setTimeout(0)
      resolve(socket)
    })
  })
}
