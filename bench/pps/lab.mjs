// The lab of bench/pps.mjs: generator | g0 - m0 | proxy | m1 - s0 | sink, in three network namespaces.
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const dist = '../../packages/sr-proxy/dist/src/'
const { Attr, Command } = await import(`${dist}bpf/attr.js`)
const { Helper, prebuiltHelper } = await import(`${dist}bpf/helper-process.js`)
const { Kernel } = await import(`${dist}bpf/kernel.js`)
const { loadObject } = await import(`${dist}bpf/load.js`)
const { parseObject } = await import(`${dist}bpf/object.js`)
const { linesFor } = await import(`${dist}plane/lines.js`)

const folder = dirname(fileURLToPath(import.meta.url))
export const OBJECT = join(folder, '../../packages/sr-proxy/bpf/objects/sr-proxy.o')
const GENERATOR_CPU = 0
const PROXY_CPU = 1
export const MACS = {
  m0: '02:00:00:00:01:01',
  m1: '02:00:00:00:01:02',
  s0: '02:00:00:00:02:01',
  g0: '02:00:00:00:00:01',
}

const sh = (command) => execFileSync('sh', ['-c', command], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })

/** Compiles the programs that we measure against. */
function compiled(work) {
  const out = join(work, 'pps.o')
  sh(`clang-14 --target=bpfel -mcpu=v3 -O2 -g -I/usr/include/$(uname -m)-linux-gnu -c ${folder}/pps.bpf.c -o ${out}`)
  sh(`llvm-objcopy-14 --strip-debug --remove-section=.BTF.ext --remove-section=.rel.BTF.ext ${out}`)
  return parseObject(readFileSync(out))
}

export class Lab {
  static async start(sessions) {
    const work = mkdtempSync(join(tmpdir(), 'sr-pps-'))
    const id = process.pid
    const names = { g: `srg${id}`, m: `srm${id}`, s: `srs${id}` }
    const wrapper = join(work, 'helper')
    writeFileSync(wrapper, `#!/bin/sh\nexec /usr/bin/taskset -c ${GENERATOR_CPU} ${prebuiltHelper()}\n`)
    chmodSync(wrapper, 0o755)
    const lab = new Lab()
    Object.assign(lab, { names, work, helper: Helper.start(wrapper) })
    try {
      lab.#topology()
      await lab.#load(compiled(work), sessions)
    } catch (error) {
      await lab.stop()
      throw error
    }
    return lab
  }

  #topology() {
    const { g, m, s } = this.names
    for (const name of [g, m, s]) sh(`ip netns add ${name} && ip -n ${name} link set lo up`)
    sh(`ip link add g0 netns ${g} type veth peer name m0 netns ${m}`)
    sh(`ip link add m1 netns ${m} type veth peer name s0 netns ${s}`)
    for (const [name, ifc] of [
      [g, 'g0'],
      [m, 'm0'],
      [m, 'm1'],
      [s, 's0'],
    ]) {
      sh(`ip -n ${name} link set ${ifc} address ${MACS[ifc]} up`)
      sh(`ip netns exec ${name} ethtool -K ${ifc} gro on || true`)
    }
    sh(
      `ip netns exec ${m} sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0`,
    )
    sh(`ip -n ${m} addr add 10.1.0.1/16 dev m0; ip -n ${m} addr add 10.3.0.1/24 dev m1`)
    sh(
      `ip -n ${m} neigh add 10.3.0.2 lladdr ${MACS.s0} dev m1 nud permanent; ip -n ${m} route add 10.2.0.0/16 via 10.3.0.2`,
    )
    sh(`ip netns exec ${m} sysctl -qw net.ipv4.conf.m0.rp_filter=0`)
  }

  index(name, ifc) {
    return Number(sh(`ip -n ${this.names[name]} -o link show dev ${ifc}`).split(':')[0])
  }

  async #load(spec, sessions) {
    this.kernel = new Kernel(this.helper)
    // As the daemon does.
    this.sessionLines = linesFor(sessions)
    this.bench = await loadObject(this.kernel, spec, { maxEntries: new Map([['swaps', sessions]]) })
    const sizes = new Map([
      ['sessions4', sessions],
      ['sessions6', 4096],
      ['session_lines4', this.sessionLines],
    ])
    this.proxy = await loadObject(this.kernel, parseObject(readFileSync(OBJECT)), { maxEntries: sizes })
    await this.#in('s')
    await this.kernel.linkXdp(this.bench.programs.get('sink'), this.index('s', 's0'), 'native')
    await this.#in('m')
    await this.bench.tables.get('ports').set(word(0), word(this.index('m', 'm1')))
    await this.attach('redirect')
    sh(`ip netns exec ${this.names.m} sh -c 'echo 1 > /sys/class/net/m0/threaded'`)
    await new Promise((resolve) => setTimeout(resolve, 200))
    for (const pid of sh("ps -eo pid,comm | awk '$2 ~ /^napi\\/m0/{print $1}'").split('\n').filter(Boolean)) {
      if (this.threads?.includes(pid)) continue
      pin(pid)
      this.threads = [...(this.threads ?? []), pid]
    }
    const macs = Buffer.from((MACS.s0 + MACS.m1).replaceAll(':', ''), 'hex')
    this.swap = Buffer.concat([word(2000), word(0), macs])
  }

  /** So many labels for the label swap, from 16 on; and 1000, which the frames for the proxy have. */
  async fillSwaps(count) {
    const labels = [1000, ...Array.from({ length: count }, (_, session) => 16 + session)]
    const table = this.bench.tables.get('swaps')
    for (let at = 0; at < labels.length; at += 20_000) {
      await table.setAll(labels.slice(at, at + 20_000).map((label) => ({ key: word(label), value: this.swap })))
    }
  }

  async #in(name) {
    await this.helper.enterNetns(`/run/netns/${this.names[name]}`)
  }

  /** Runs this program on m0; none: the kernel forwards. */
  async attach(name) {
    await this.#in('m')
    const program = this.bench.programs.get(name) ?? this.proxy.programs.get(name)
    if (program === undefined) {
      if (this.link !== undefined) await this.kernel.detachLink(this.link)
      this.link = undefined
      sh(`ip netns exec ${this.names.m} ethtool -K m0 gro on || true`)
    } else if (this.link === undefined) this.link = await this.kernel.linkXdp(program, this.index('m', 'm0'), 'native')
    else await this.kernel.updateLink(this.link, program)
  }

  async settings({ sessions, mode, stamp = 0, scattered = false, frame }) {
    const head = [this.index('g', 'g0'), sessions, mode, stamp, frame.length, Number(scattered)].map(word)
    await this.bench.tables.get('settings').set(word(0), Buffer.concat([...head, pad(frame, 128)]))
  }

  async #count(table) {
    const value = await this.bench.tables.get(table).get(word(0))
    let sum = 0n
    for (let at = 0; at < value.length; at += 8) sum += value.readBigUInt64LE(at)
    return Number(sum)
  }
  received() {
    return this.#count('received')
  }
  sent() {
    return this.#count('sent')
  }

  /** Seconds that the proxy's core has worked for m0: what others do on this machine is not in it. */
  busy() {
    let sum = 0
    for (const pid of this.threads) sum += this.busyOf(pid)
    return sum
  }

  /** Seconds that a thread has run. */
  busyOf(pid) {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e9
  }

  /** Sends so many frames as fast as it goes. @returns seconds */
  async generate(frame, count, batch = 64) {
    await this.#in('g')
    const context = new Attr(24).u32(4, frame.length)
    const attr = new Attr(80).u32(0, this.bench.programs.get('generate')).u32(8, frame.length)
    attr.u32(32, count).u32(40, 24).u32(64, 2).u32(72, batch)
    const started = process.hrtime.bigint()
    const { result } = await this.helper.bpf(Command.testRun, attr.bytes, [
      { at: 16, in: frame },
      { at: 48, in: context.bytes },
    ])
    if (result < 0) throw new Error(`generator: errno ${-result}`)
    return Number(process.hrtime.bigint() - started) / 1e9
  }

  /** Percentiles of what has arrived with a time in it since it was asked for last; ns. */
  async latency() {
    const table = this.bench.tables.get('latency')
    const counts = []
    const zeros = []
    for await (const { key, value } of table.entries()) {
      let sum = 0
      for (let at = 0; at < value.length; at += 8) sum += Number(value.readBigUInt64LE(at))
      counts[key.readUInt32LE(0)] = sum
      zeros.push({ key: Buffer.from(key), value: Buffer.alloc(value.length) })
    }
    await table.setAll(zeros)
    const total = counts.reduce((sum, one) => sum + one, 0)
    const at = (share) => {
      let sum = 0
      const bucket = counts.findIndex((one) => {
        sum += one
        return sum >= share * total
      })
      // pps.bpf.c: 4,096 of 256 ns, then of 2^14 ns.
      return bucket < 4096 ? bucket * 256 : (bucket - 4096) * 2 ** 14
    }
    return { total, p50: at(0.5), p99: at(0.99) }
  }

  /** Another program between m0 and m1, for so many seconds. @returns once it is ready */
  async contender(command, ...args) {
    await this.attach(undefined)
    const child = spawn('ip', ['netns', 'exec', this.names.m, 'taskset', '-c', String(PROXY_CPU), command, ...args])
    await new Promise((resolve, reject) => {
      child.stdout.once('data', resolve)
      child.once('exit', () => reject(new Error(`${command} has ended`)))
    })
    return child
  }

  async stop() {
    await this.helper.stop()
    for (const name of Object.values(this.names)) {
      try {
        sh(`ip netns del ${name}`)
      } catch {}
    }
    sh(`rm -rf ${this.work}`)
  }
}

function pin(pid) {
  sh(`taskset -pc ${PROXY_CPU} ${pid}`)
}

export function word(value) {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value >>> 0)
  return bytes
}

export function pad(bytes, length) {
  return Buffer.concat([bytes, Buffer.alloc(Math.max(0, length - bytes.length))], length)
}
