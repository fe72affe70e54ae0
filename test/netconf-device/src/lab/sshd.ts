import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { end, freePorts, keygen, listening, until } from './processes.js'

export interface SshdOptions {
  /** Arguments of ssh-keygen after `-s CA`: the host key gets a certificate. */
  readonly certificate?: readonly string[]
  /** Of the authority and of the host key: ed25519, ecdsa, rsa. */
  readonly keyType?: string
  /** Default true: it can be a jump host. */
  readonly forwarding?: boolean
}

/** OpenSSH's server on a free port of the loopback address, all its files in one folder. */
export interface Sshd {
  readonly port: number
  readonly user: string
  readonly keyFile: string
  readonly knownHosts: string
  /** The public key of the authority that has signed the certificate, as in known_hosts. */
  readonly authority: string
  /** How many connections it has taken so far. */
  log(): string
  stop(): Promise<void>
}

/** @returns what is missing here to run it; nothing when it can be run. */
export function sshdMissing(): string | undefined {
  const missing = ['/usr/sbin/sshd', '/usr/bin/ssh-keygen'].filter((file) => !existsSync(file))
  if (missing.length > 0) return `${missing.join(', ')} not installed: npm run peers`
  return process.getuid?.() === 0 ? undefined : 'sshd runs as root only here: sudo npm test'
}

export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  const folder = mkdtempSync(join(tmpdir(), 'segchain-sshd-'))
  const file = (name: string): string => join(folder, name)
  const [port = 0] = await freePorts(1)
  const { keyType = 'ed25519' } = options
  for (const name of ['hostkey', 'ca']) keygen(file(name), keyType)
  keygen(file('clientkey'))
  if (options.certificate !== undefined) {
    const args = ['-q', '-s', file('ca'), '-I', 'test', ...options.certificate, file('hostkey.pub')]
    execFileSync('ssh-keygen', args, { stdio: 'ignore' })
  }
  const lines = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${file('hostkey')}`,
    'PidFile none',
    `AuthorizedKeysFile ${file('clientkey.pub')}`,
    'StrictModes no',
    'PermitRootLogin prohibit-password',
    'PasswordAuthentication no',
    'UsePAM no',
    `AllowTcpForwarding ${options.forwarding === false ? 'no' : 'yes'}`,
    ...(options.certificate === undefined ? [] : [`HostCertificate ${file('hostkey-cert.pub')}`]),
  ]
  writeFileSync(file('sshd_config'), `${lines.join('\n')}\n`)
  mkdirSync('/run/sshd', { recursive: true })
  const args = ['-D', '-E', file('log'), '-f', file('sshd_config')]
  const server: ChildProcess = spawn('/usr/sbin/sshd', args, { stdio: 'ignore' })
  const stop = async (): Promise<void> => {
    await end(server)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await until(
      () => listening(port),
      () => 'sshd did not start',
    )
    const publicKey = (name: string): string =>
      readFileSync(file(`${name}.pub`), 'utf8')
        .split(' ')
        .slice(0, 2)
        .join(' ')
        .trim()
    return {
      port,
      user: 'root',
      keyFile: file('clientkey'),
      knownHosts: `[127.0.0.1]:${port} ${publicKey('hostkey')}\n`,
      authority: publicKey('ca'),
      log: () => readFileSync(file('log'), 'utf8'),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
