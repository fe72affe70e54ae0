import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { end, freePorts, keygen, listening, until } from './processes.js'

/** One FRR router (zebra and isisd) in a network namespace, and an sshd on the loopback address to run vtysh. */
export interface FrrRouter {
  readonly port: number
  readonly user: string
  readonly keyFile: string
  readonly knownHosts: string
  /** The name that the daemons were started with (-N). */
  readonly pathspace: string
  /** What vtysh says. */
  show(command: string): string
  stop(): Promise<void>
}

const daemons = ['zebra', 'isisd'] as const

/** @returns what is missing here to run it; nothing when it can be run. */
export function frrMissing(): string | undefined {
  const missing = [
    '/usr/lib/frr/isisd',
    '/usr/lib/frr/zebra',
    '/usr/bin/vtysh',
    '/usr/sbin/sshd',
    '/usr/sbin/ip',
  ].filter((file) => !existsSync(file))
  if (missing.length > 0) return `${missing.join(', ')} not installed: npm run peers`
  if (process.getuid?.() !== 0) return 'FRR in a network namespace needs root: sudo npm test'
  try {
    const name = `segchain-try-${process.pid}`
    execFileSync('ip', ['netns', 'add', name], { stdio: 'ignore' })
    execFileSync('ip', ['netns', 'del', name], { stdio: 'ignore' })
    return undefined
  } catch {
    return 'no network namespaces may be made here'
  }
}

export async function startFrr(instance = 'core'): Promise<FrrRouter> {
  const name = `segchain${process.pid}`
  const folder = mkdtempSync(join(tmpdir(), 'segchain-frr-'))
  const state = ['/etc/frr', '/var/run/frr'].map((parent) => join(parent, name))
  const processes: ChildProcess[] = []
  const stop = async (): Promise<void> => {
    for (const daemon of daemons) killByFile(join('/var/run/frr', name, `${daemon}.pid`))
    await Promise.all(processes.map(end))
    execFileSync('ip', ['netns', 'del', name], { stdio: 'ignore' })
    for (const path of [folder, ...state]) rmSync(path, { recursive: true, force: true })
  }
  const show = (command: string): string => execFileSync('vtysh', ['-N', name, '-c', command], { encoding: 'utf8' })
  execFileSync('ip', ['netns', 'add', name])
  try {
    execFileSync('ip', ['-n', name, 'link', 'set', 'lo', 'up'])
    for (const path of state) {
      mkdirSync(path, { recursive: true })
      execFileSync('chown', ['frr:frr', path])
    }
    const config = join('/etc/frr', name, 'frr.conf')
    writeFileSync(join('/etc/frr', name, 'vtysh.conf'), 'service integrated-vtysh-config\n')
    writeFileSync(config, '')
    for (const daemon of daemons) {
      // Their output goes nowhere: a pipe that they inherit would never end.
      execFileSync('ip', ['netns', 'exec', name, `/usr/lib/frr/${daemon}`, '-d', '-N', name, '-f', config], {
        stdio: 'ignore',
      })
    }
    const lines = [
      'configure terminal',
      'interface lo',
      'ip address 10.255.0.1/32',
      `ip router isis ${instance}`,
      'isis passive',
      'exit',
      `router isis ${instance}`,
      // Before the net, which makes the first LSP: the next one waits for the interval that is set then.
      'lsp-gen-interval 1',
      'is-type level-1',
      'net 49.0001.0000.0000.0001.00',
      'mpls-te on',
      // The router capability TLV, which carries the SRGB, wants a router-id.
      'mpls-te router-address 10.255.0.1',
    ]
    await until(
      () => existsSync(join('/var/run/frr', name, 'isisd.vty')),
      () => 'isisd did not start',
    )
    execFileSync('vtysh', ['-N', name, ...lines.flatMap((line) => ['-c', line])], { stdio: 'ignore' })
    const [port = 0] = await freePorts(1)
    for (const key of ['hostkey', 'clientkey']) keygen(join(folder, key))
    writeFileSync(
      join(folder, 'sshd_config'),
      `Port ${port}\nListenAddress 127.0.0.1\nHostKey ${folder}/hostkey\nPidFile none\nAuthorizedKeysFile ${folder}/clientkey.pub\nStrictModes no\nPermitRootLogin prohibit-password\nPasswordAuthentication no\nUsePAM no\n`,
    )
    mkdirSync('/run/sshd', { recursive: true })
    processes.push(spawn('/usr/sbin/sshd', ['-D', '-e', '-f', join(folder, 'sshd_config')], { stdio: 'ignore' }))
    await until(
      () => listening(port),
      () => 'sshd did not start',
    )
    const [type, key] = readFileSync(join(folder, 'hostkey.pub'), 'utf8').split(' ')
    const knownHosts = `[127.0.0.1]:${port} ${type} ${key}\n`
    return { port, user: 'root', keyFile: join(folder, 'clientkey'), knownHosts, pathspace: name, show, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function killByFile(file: string): void {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 'SIGTERM')
  } catch {
    // It never started.
  }
}
