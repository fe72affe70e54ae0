import { SegchainError } from '@segchain/records'

const NAMES: Readonly<Record<number, string>> = {
  1: 'EPERM',
  2: 'ENOENT',
  3: 'ESRCH',
  4: 'EINTR',
  5: 'EIO',
  7: 'E2BIG',
  9: 'EBADF',
  11: 'EAGAIN',
  12: 'ENOMEM',
  13: 'EACCES',
  14: 'EFAULT',
  16: 'EBUSY',
  17: 'EEXIST',
  19: 'ENODEV',
  22: 'EINVAL',
  24: 'EMFILE',
  28: 'ENOSPC',
  30: 'EROFS',
  34: 'ERANGE',
  38: 'ENOSYS',
  95: 'EOPNOTSUPP',
  105: 'ENOBUFS',
  524: 'ENOTSUPP',
}

const HINTS: Readonly<Record<string, string>> = {
  EPERM:
    'the daemon needs CAP_BPF, CAP_NET_ADMIN and CAP_PERFMON: run it as root or as the systemd unit does; sr-proxy replay needs none',
  EACCES:
    'the verifier refused the program, see the log in the cause; "prohibited for !root" there: CAP_PERFMON is missing',
  ENOSYS: 'this kernel has no bpf(2): it must be Linux 5.18 or later; sr-proxy replay needs none',
  EBUSY: 'another program is attached there, or another sr-proxy owns it: ip link shows it as xdp',
  ENOSPC: 'the table is full: its size is in the configuration',
  ENODEV: 'there is no such interface: ip link shows them',
}

/** What the kernel said. `call` and `name` tell what for; `log` is the verifier's. */
export class KernelError extends SegchainError {
  readonly errno: number

  constructor(call: string, errno: number, log = '') {
    const name = NAMES[errno] ?? `errno ${errno}`
    const hint = HINTS[name]
    super({
      category: name === 'EPERM' || name === 'ENODEV' || name === 'EBUSY' ? 'usage' : 'internal',
      code: `KERNEL_${name.replace('errno ', '')}`,
      message: `${call}: ${name}`,
      ...(hint === undefined ? {} : { hint }),
      ...(log === '' ? {} : { cause: lastLines(log) }),
    })
    this.errno = errno
  }
}

export const Errno = { EOPNOTSUPP: 95, ENOENT: 2, EEXIST: 17, ENOSPC: 28, EBUSY: 16 } as const

/** The end of a verifier's log is what says why. */
function lastLines(log: string): string {
  const lines = log.trimEnd().split('\n')
  const kept = lines.slice(-12)
  return lines.length === kept.length
    ? kept.join('\n')
    : `(${lines.length - kept.length} lines omitted)\n${kept.join('\n')}`
}
