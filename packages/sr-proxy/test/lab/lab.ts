import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ProxyClient } from '../../src/api/client.js'
import { Helper } from '../../src/bpf/helper-process.js'
import { Kernel } from '../../src/bpf/kernel.js'
import { loadObject } from '../../src/bpf/load.js'
import { parseObject } from '../../src/bpf/object.js'
import { removeLeftBehind, unmountLeftBehind } from './left-behind.js'

const BIN = fileURLToPath(new URL('../../../bin/sr-proxy.js', import.meta.url))
const STREAM = new URL('../../../test/fixtures/stream/stream.bpf.o', import.meta.url)
/** linux/ethtool.h */
const ETHTOOL_SGRO = 0x2c
const ETHTOOL_STXCSUM = 0x17

let labs = 0

/** Network namespaces, and what runs in them; everything is gone after `close`. */
export class Lab {
  readonly folder = mkdtempSync(join(tmpdir(), `segchain-lab-${process.pid}-`))
  readonly bpf = join(this.folder, 'bpf')
  readonly #prefix = `sc${process.pid}x${labs++}`
  readonly #spaces: string[] = []
  readonly #children = new Set<ChildProcess>()
  readonly #helpers: Helper[] = []

  constructor() {
    removeLeftBehind()
    unmountLeftBehind()
    mkdirSync(this.bpf)
    // A bpf file system of our own: `ip netns exec` hides the one in /sys.
    run('mount', ['-t', 'bpf', 'bpf', this.bpf])
  }

  /** Makes a namespace that forwards, without the kernel's own talk on its interfaces. */
  space(name: string): string {
    const full = `${this.#prefix}${name}`
    run('ip', ['netns', 'add', full])
    this.#spaces.push(full)
    this.exec(name, 'ip link set lo up')
    this.exec(
      name,
      'sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0 net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.default.send_redirects=0 net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1',
    )
    return full
  }

  path(name: string): string {
    return `/run/netns/${this.#prefix}${name}`
  }

  /** A veth with its ends in two namespaces. `near.mac` and `far.mac` are set. */
  link(near: End, far: End): void {
    run('ip', [
      'link',
      'add',
      near.interface,
      'netns',
      this.#prefix + near.space,
      'type',
      'veth',
      'peer',
      'name',
      far.interface,
      'netns',
      this.#prefix + far.space,
    ])
    for (const { space, interface: name, mac, address } of [near, far]) {
      this.exec(space, `ip link set ${name} address ${mac} up`)
      if (address !== undefined) this.exec(space, `ip addr add ${address} dev ${name}`)
    }
  }

  /** What redirected frames need at the other end of a veth: NAPI there, and whole checksums from there. */
  async prepare(space: string, ...interfaces: readonly string[]): Promise<void> {
    const helper = await this.helper(space)
    for (const name of interfaces) {
      await helper.ethtool(name, ETHTOOL_SGRO, 1)
      await helper.ethtool(name, ETHTOOL_STXCSUM, 0)
    }
  }

  /**
   * The same for a program that takes frames as they come (AF_PACKET): an XDP program that passes everything gives
   * NAPI without joining segments to frames that are longer than the MTU.
   */
  async prepareRaw(space: string, ...interfaces: readonly string[]): Promise<void> {
    const helper = await this.helper(space)
    const kernel = new Kernel(helper)
    const { programs } = await loadObject(kernel, parseObject(readFileSync(STREAM)))
    for (const name of interfaces) {
      const index = Number(this.exec(space, `cat /sys/class/net/${name}/ifindex`))
      await kernel.linkXdp(programs.get('pass') ?? -1, index, 'native')
      await helper.ethtool(name, ETHTOOL_SGRO, 0)
      await helper.ethtool(name, ETHTOOL_STXCSUM, 0)
    }
  }

  /** A command line in a namespace. @throws with what it printed */
  exec(space: string, command: string, input?: string): string {
    return run('ip', ['netns', 'exec', this.#prefix + space, 'sh', '-c', command], input)
  }

  spawn(space: string, command: readonly string[]): ChildProcess {
    const child = spawn('ip', ['netns', 'exec', this.#prefix + space, ...command], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#children.add(child)
    child.once('exit', () => this.#children.delete(child))
    return child
  }

  /** A bpf helper that lives in a namespace. */
  async helper(space: string): Promise<Helper> {
    const helper = Helper.start()
    this.#helpers.push(helper)
    const result = await helper.enterNetns(this.path(space))
    if (result < 0) throw new Error(`cannot enter ${space}: ${result}`)
    return helper
  }

  /** Starts a daemon in a namespace and waits until it is ready. */
  async daemon(space: string, config: object, prefix: readonly string[] = []): Promise<RunningDaemon> {
    const daemon = this.launch(space, config, prefix)
    const { child, client, log } = daemon
    for (let waited = 0; ; waited++) {
      if (child.exitCode !== null || child.signalCode !== null || waited > 6000)
        throw new Error(`the daemon in ${space} did not come: ${log()}`)
      const info = await client.info().catch(() => undefined)
      // The answer may be another's, that is just ending.
      if (info !== undefined && log().includes('ready:')) return daemon
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  /** Starts a daemon; `config` is completed with socket, pins and state of its own. `prefix` runs it. */
  launch(space: string, config: object, prefix: readonly string[] = []): RunningDaemon {
    const folder = join(this.folder, space)
    mkdirSync(folder, { recursive: true })
    const file = join(folder, 'config.json')
    const socket = join(folder, 'api.sock')
    const pins = join(this.bpf, `${space}`)
    const own = { api: { socket }, pins, state: join(folder, 'state.json'), sizes: { sessions: 65536 } }
    writeFileSync(file, JSON.stringify({ ...own, ...config }))
    const child = this.spawn(space, [...prefix, process.execPath, BIN, 'run', '--config', file])
    let log = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString()
    })
    return { child, client: new ProxyClient({ socket }), socket, file, log: () => log }
  }

  async close(): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL')
    await Promise.all([...this.#children].map((child) => new Promise((resolve) => child.once('exit', resolve))))
    await Promise.all(this.#helpers.map((helper) => helper.stop()))
    for (const space of this.#spaces) spawnSync('ip', ['netns', 'del', space])
    spawnSync('umount', [this.bpf])
    rmSync(this.folder, { recursive: true, force: true })
  }
}

export interface End {
  readonly space: string
  readonly interface: string
  readonly mac: string
  readonly address?: string
}

export interface RunningDaemon {
  readonly child: ChildProcess
  readonly client: ProxyClient
  readonly socket: string
  readonly file: string
  readonly log: () => string
}

/** Ends a daemon by a signal and waits for its end. `ip netns exec` becomes the command: the signal meets it. */
export function endDaemon(daemon: RunningDaemon, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    daemon.child.once('exit', () => resolve())
    daemon.child.kill(signal)
  })
}

export function run(command: string, args: readonly string[], input?: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    ...(input === undefined ? {} : { input }),
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`)
  return stdout
}
