import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
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

export interface FrrOptions {
  /** Of IS-IS. */
  readonly instance?: string
  /** A folder with another Debian in it, whose FRR is to be run; {@link labRoot} is one. */
  readonly root?: string
  /** `isis` (default), or `ospf` with its instance without a name. */
  readonly igp?: 'isis' | 'ospf'
  /** More addresses of lo, that the IGP knows before anything else is configured. */
  readonly addresses?: readonly string[]
  /** Besides zebra and the daemon of the IGP. */
  readonly daemons?: readonly string[]
}

/** The folder with Debian sid, and in it FRR 10, that `npm run lab -- setup` makes. */
export function labRoot(): string {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  return process.env.SEGCHAIN_LAB_ROOT ?? join(cache, 'segchain-lab', 'sid')
}

/** @returns what is missing here to run it; nothing when it can be run. */
export function frrMissing(root = ''): string | undefined {
  const own = ['isisd', 'ospfd', 'zebra', 'pathd'].map((daemon) => `/usr/lib/frr/${daemon}`)
  const missing = [
    ...[...own, '/usr/bin/vtysh'].map((file) => `${root}${file}`),
    '/usr/sbin/sshd',
    '/usr/sbin/ip',
  ].filter((file) => !existsSync(file))
  const how = root === '' ? 'npm run peers' : 'npm run lab -- setup'
  if (missing.length > 0) return `${missing.join(', ')} not installed: ${how}`
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

let started = 0

export async function startFrr(options: FrrOptions = {}): Promise<FrrRouter> {
  const { instance = 'core', root = '', daemons = [], igp = 'isis', addresses = [] } = options
  const name = `segchain${process.pid}x${++started}`
  const folder = mkdtempSync(join(tmpdir(), 'segchain-frr-'))
  const state = ['/etc/frr', '/run/frr'].map((parent) => join(parent, name))
  const inRoot = root === '' ? [] : ['chroot', root]
  // FRR 10 has its configuration in mgmtd, which comes first.
  const all = ['mgmtd', 'zebra', `${igp}d`, ...daemons].filter((daemon) => existsSync(`${root}/usr/lib/frr/${daemon}`))
  const processes: ChildProcess[] = []
  const stop = async (): Promise<void> => {
    for (const daemon of all) killByFile(join(`${root}/run/frr`, name, `${daemon}.pid`))
    await Promise.all(processes.map(end))
    execFileSync('ip', ['netns', 'del', name], { stdio: 'ignore' })
    for (const path of [folder, ...state.map((path) => `${root}${path}`)])
      rmSync(path, { recursive: true, force: true })
  }
  const [vtyshProgram = 'vtysh', ...vtyshArguments] = [...inRoot, 'vtysh', '-N', name]
  const vtysh = (commands: readonly string[]): string =>
    execFileSync(vtyshProgram, [...vtyshArguments, ...commands.flatMap((command) => ['-c', command])], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  const show = (command: string): string => vtysh([command])
  execFileSync('ip', ['netns', 'add', name])
  try {
    execFileSync('ip', ['-n', name, 'link', 'set', 'lo', 'up'])
    execFileSync('ip', ['-n', name, 'link', 'add', 'eth1', 'type', 'veth', 'peer', 'name', 'eth2'])
    for (const link of ['eth1', 'eth2']) execFileSync('ip', ['-n', name, 'link', 'set', link, 'up'])
    for (const path of state) mkdirSync(`${root}${path}`, { recursive: true })
    writeFileSync(join(`${root}/etc/frr`, name, 'vtysh.conf'), 'service integrated-vtysh-config\n')
    writeFileSync(join(`${root}/etc/frr`, name, 'frr.conf'), '')
    const [chown = 'chown', ...chownArguments] = [...inRoot, 'chown', '-R', 'frr:frr', ...state]
    execFileSync(chown, chownArguments)
    for (const daemon of all) {
      // Their output goes nowhere: a pipe that they inherit would never end.
      execFileSync('ip', ['netns', 'exec', name, ...inRoot, `/usr/lib/frr/${daemon}`, '-d', '-N', name], {
        stdio: 'ignore',
      })
    }
    await until(
      () => all.every((daemon) => existsSync(join(`${root}/run/frr`, name, `${daemon}.vty`))),
      () => `not all of ${all.join(', ')} did start`,
    )
    vtysh(igp === 'isis' ? isisLines(instance) : ospfLines)
    vtysh(['configure terminal', 'interface lo', ...addresses.map((address) => `ip address ${address}`)])
    await until(
      () => addresses.every((address) => show('show isis database detail').includes(address)),
      () => `${addresses.join(', ')} did not come into the IGP`,
    )
    const [port = 0] = await freePorts(1)
    const bin = join(folder, 'bin')
    mkdirSync(bin)
    writeFileSync(join(bin, 'vtysh'), `#!/bin/sh\nexec ${[...inRoot, '/usr/bin/vtysh'].join(' ')} "$@"\n`, {
      mode: 0o755,
    })
    for (const key of ['hostkey', 'clientkey']) keygen(join(folder, key))
    writeFileSync(
      join(folder, 'sshd_config'),
      `Port ${port}\nListenAddress 127.0.0.1\nHostKey ${folder}/hostkey\nPidFile none\nAuthorizedKeysFile ${folder}/clientkey.pub\nStrictModes no\nPermitRootLogin prohibit-password\nPasswordAuthentication no\nUsePAM no\nSetEnv PATH=${bin}:/usr/sbin:/usr/bin:/sbin:/bin\n`,
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

function isisLines(instance: string): string[] {
  return [
    'configure terminal',
    'interface lo',
    'ip address 10.255.0.1/32',
    `ip router isis ${instance}`,
    'isis passive',
    'exit',
    'interface eth1',
    'ip address 192.0.2.1/24',
    `ip router isis ${instance}`,
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
}

const ospfLines: readonly string[] = [
  'configure terminal',
  'interface lo',
  'ip address 10.255.0.1/32',
  'ip ospf area 0.0.0.0',
  'exit',
  'interface eth1',
  'ip address 192.0.2.1/24',
  'ip ospf area 0.0.0.0',
  'exit',
  'router ospf',
  'ospf router-id 10.255.0.1',
  'capability opaque',
  'mpls-te on',
  'mpls-te router-address 10.255.0.1',
  // The SRGB is in the router information LSA.
  'router-info area',
]

function killByFile(file: string): void {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 'SIGTERM')
  } catch {
    // It never started.
  }
}
