import { readFile } from 'node:fs/promises'
import { release } from 'node:os'
import type { Check, Finding } from '@segchain/cli-kit/setup'
import { prebuiltHelper } from './bpf/helper-process.js'
import { isBpfFs } from './plane/bpf-fs.js'
import { loadWasm } from './wasm/load.js'

/** Bits of linux/capability.h; any of them will do. CAP_SYS_ADMIN (21) has what was once part of it. */
const CAPABILITIES = { CAP_NET_ADMIN: [12], CAP_PERFMON: [38, 21], CAP_BPF: [39, 21] } as const
/** bpf_xdp_load_bytes. */
const OLDEST_KERNEL = { major: 5, minor: 18 } as const

/** What the data plane needs of the machine. */
export const machineChecks: readonly Check[] = [
  {
    id: 'webassembly',
    what: 'the data plane as WebAssembly, for replay',
    look: async () => {
      await loadWasm()
      return { outcome: 'ok' }
    },
  },
  { id: 'kernel', what: 'Linux 5.18 or later', look: kernel },
  {
    id: 'bpf-helper',
    what: 'the program that makes the bpf calls, for this processor',
    look: () => ({ outcome: 'ok', detail: prebuiltHelper() }),
  },
  {
    id: 'bpf-file-system',
    what: 'a bpf file system on /sys/fs/bpf',
    look: () =>
      isBpfFs('/sys/fs/bpf')
        ? { outcome: 'ok' }
        : { outcome: 'missing', hint: 'mount -t bpf bpf /sys/fs/bpf (ip netns exec hides it: use nsenter --net=…)' },
  },
  { id: 'capabilities', what: 'CAP_BPF, CAP_NET_ADMIN and CAP_PERFMON', look: capabilities },
]

function kernel(): Finding {
  const hint = 'replay runs anywhere; run needs such a kernel'
  if (process.platform !== 'linux') return { outcome: 'missing', detail: process.platform, hint }
  const [major = 0, minor = 0] = release()
    .split('.')
    .map((part) => Number.parseInt(part, 10))
  const { major: oldest, minor: of } = OLDEST_KERNEL
  return { outcome: major > oldest || (major === oldest && minor >= of) ? 'ok' : 'missing', detail: release(), hint }
}

async function capabilities(): Promise<Finding> {
  const [, mask] = /^CapEff:\s*([0-9a-f]+)$/m.exec(await readFile('/proc/self/status', 'utf8')) ?? []
  if (mask === undefined) return { outcome: 'untested', detail: '/proc/self/status says nothing of capabilities' }
  const has = (bit: number): boolean => ((BigInt(`0x${mask}`) >> BigInt(bit)) & 1n) === 1n
  const lacking = Object.entries(CAPABILITIES).flatMap(([name, bits]) => (bits.some(has) ? [] : [name]))
  return lacking.length === 0
    ? { outcome: 'ok' }
    : { outcome: 'missing', detail: `without ${lacking.join(', ')}`, hint: 'run it as root, or by its systemd unit' }
}
