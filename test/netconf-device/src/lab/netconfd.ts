import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { end, freePorts, keygen, listening, tail, until } from './processes.js'

/** netconfd (yuma123) behind OpenSSH on a free port of the loopback address, all its files in one folder. */
export interface Netconfd {
  readonly port: number
  readonly user: string
  readonly keyFile: string
  readonly knownHostsFile: string
  /** It has ended by a segmentation fault of its own: no other end is anything but a failure. */
  segfaulted(): boolean
  stop(): Promise<void>
}

const fixtures = fileURLToPath(new URL('../../../fixtures/yang', import.meta.url))
const ownModules = fileURLToPath(new URL('../../../../../packages/netconf-push/yang', import.meta.url))
const defaultModules = [
  'ietf-segment-routing-mpls',
  'segchain-prefix-sid-algorithms',
  'ietf-interfaces',
  'ietf-ip',
  'iana-if-type',
]

/** @returns what is missing here to run it; nothing when it can be run. */
export function netconfdMissing(): string | undefined {
  const missing = ['/usr/sbin/netconfd', '/usr/sbin/netconf-subsystem', '/usr/sbin/sshd'].filter(
    (file) => !existsSync(file),
  )
  if (missing.length > 0) return `${missing.join(', ')} not installed: npm run peers`
  return process.getuid?.() === 0 ? undefined : 'netconfd behind sshd runs as root only here: sudo npm test'
}

export async function startNetconfd(options: { readonly modules?: readonly string[] } = {}): Promise<Netconfd> {
  const folder = mkdtempSync(join(tmpdir(), 'segchain-netconfd-'))
  const [port = 0] = await freePorts(1)
  const processes: ChildProcess[] = []
  const stop = async (): Promise<void> => {
    await Promise.all(processes.map(end))
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    mkdirSync('/run/sshd', { recursive: true })
    mkdirSync(join(folder, 'home'))
    for (const name of ['hostkey', 'clientkey']) keygen(join(folder, name))
    const socket = join(folder, 'ncx.sock')
    processes.push(
      spawn(
        '/usr/sbin/netconfd',
        [
          '--target=candidate',
          // It refuses sessions that did not come in through this port of sshd.
          `--port=${port}`,
          `--ncxserver-sockname=${socket}`,
          '--superuser=root',
          '--no-startup',
          '--access-control=off',
          '--with-startup=true',
          '--with-validate=true',
          `--log=${join(folder, 'netconfd.log')}`,
          '--log-level=error',
          `--modpath=${[fixtures, ownModules, '/usr/share/yuma/modules'].join(delimiter)}`,
          ...(options.modules ?? defaultModules).map((module) => `--module=${module}`),
        ],
        { cwd: folder, env: { ...process.env, HOME: join(folder, 'home') }, stdio: 'ignore' },
      ),
    )
    await until(
      () => existsSync(socket),
      () => `netconfd did not start: ${tail(join(folder, 'netconfd.log'))}`,
    )
    writeFileSync(join(folder, 'sshd_config'), sshdConfig(folder, port))
    processes.push(spawn('/usr/sbin/sshd', ['-D', '-e', '-f', join(folder, 'sshd_config')], { stdio: 'ignore' }))
    await until(
      () => listening(port),
      () => 'sshd did not start',
    )
    const [type, key] = readFileSync(join(folder, 'hostkey.pub'), 'utf8').split(' ')
    writeFileSync(join(folder, 'known_hosts'), `[127.0.0.1]:${port} ${type} ${key}\n`)
    const segfaulted = (): boolean => processes[0]?.signalCode === 'SIGSEGV'
    const [keyFile, knownHostsFile] = [join(folder, 'clientkey'), join(folder, 'known_hosts')]
    return { port, user: 'root', keyFile, knownHostsFile, segfaulted, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function sshdConfig(folder: string, port: number): string {
  return [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${folder}/hostkey`,
    `PidFile ${folder}/sshd.pid`,
    `AuthorizedKeysFile ${folder}/clientkey.pub`,
    'StrictModes no',
    'PermitRootLogin prohibit-password',
    'PasswordAuthentication no',
    'UsePAM no',
    // The subsystem wants the port and the path of the server's socket in this one word.
    `Subsystem netconf "/usr/sbin/netconf-subsystem --ncxserver-sockname=${port}@${folder}/ncx.sock"`,
    '',
  ].join('\n')
}
