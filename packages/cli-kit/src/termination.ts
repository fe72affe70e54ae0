import { constants } from 'node:os'

/** Why a tool has to stop producing. */
export type TerminationCause = NodeJS.Signals | 'EPIPE'

/** Thrown (as the reason of the abort signal) through everything that was waiting. */
export class Terminated extends Error {
  readonly terminationCause: TerminationCause
  constructor(terminationCause: TerminationCause) {
    super(terminationCause === 'EPIPE' ? 'the reader of our output has gone' : `ended by ${terminationCause}`)
    this.name = 'AbortError'
    this.terminationCause = terminationCause
  }

  /** A reader that has seen enough is no error; a signal is 128 and its number. */
  get exitCode(): number {
    return this.terminationCause === 'EPIPE' ? 0 : 128 + constants.signals[this.terminationCause]
  }
}

export interface Termination {
  readonly signal: AbortSignal
  readonly cause: Terminated | undefined
  /** Takes the handlers off again. */
  dispose(): void
}

const HANDLED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * One abort signal for SIGINT, SIGTERM, SIGHUP and a closed stdout. oclif swallows EPIPE, so that
 * `collector | head -1` would run for ever. A second signal ends the process at once.
 */
export function watchTermination(): Termination {
  const controller = new AbortController()
  let cause: Terminated | undefined
  const stop = (why: TerminationCause): void => {
    if (cause !== undefined) {
      if (why !== 'EPIPE') process.exit(new Terminated(why).exitCode)
      return
    }
    cause = new Terminated(why)
    controller.abort(cause)
  }
  const onSignal = (signal: NodeJS.Signals): void => stop(signal)
  const onStdoutError = (error: NodeJS.ErrnoException): void => {
    if (error.code === 'EPIPE' || error.code === 'EBADF' || error.code === 'ERR_STREAM_DESTROYED') stop('EPIPE')
    else throw error
  }
  // Talk that nobody hears is no reason to stop.
  const onStderrError = (): void => undefined
  for (const signal of HANDLED) process.on(signal, onSignal)
  process.stdout.on('error', onStdoutError)
  process.stderr.on('error', onStderrError)
  return {
    signal: controller.signal,
    get cause() {
      return cause
    },
    dispose() {
      for (const signal of HANDLED) process.off(signal, onSignal)
      process.stdout.off('error', onStdoutError)
      process.stderr.off('error', onStderrError)
    },
  }
}
