import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export interface Interruption {
  /** Aborted by the first signal, so that what was started is ended in order. */
  readonly signal: AbortSignal
  /** 128 and the number of the signal; undefined when none came. */
  readonly exitCode: number | undefined
  /** From now on Ctrl-C is for somebody else: a shell. */
  leaveInterruptToOthers(): void
}

export function watchSignals(): Interruption {
  const controller = new AbortController()
  let exitCode: number | undefined
  let others = false
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (name === 'SIGINT' && others) return
      exitCode ??= 128 + constants.signals[name]
      controller.abort()
    })
  }
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode
    },
    leaveInterruptToOthers() {
      others = true
    },
  }
}
