import { constants } from 'node:os'
import { exitCodeOfCategory } from './exit-codes.js'
import { watchReader } from './gone-reader.js'

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
  /** Takes the handlers of signals off again; an error of stdout may still come, after the last write. */
  dispose(): void
}

/** A full disk: nothing more can be written, so this ends at once, with the code of a file that cannot be used. */
function failedOutput(error: NodeJS.ErrnoException): never {
  process.stderr.write(`cannot write the output: ${error.message} [CANNOT_WRITE]\n`)
  process.exit(exitCodeOfCategory.usage)
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
    else failedOutput(error)
  }
  // Talk that nobody hears is no reason to stop.
  const onStderrError = (): void => undefined
  for (const signal of HANDLED) process.on(signal, onSignal)
  // oclif's own listener swallows EPIPE and throws everything else out of the event loop.
  process.stdout.removeAllListeners('error')
  process.stdout.on('error', onStdoutError)
  process.stderr.on('error', onStderrError)
  const unwatchReader = watchReader(() => stop('EPIPE'))
  return {
    signal: controller.signal,
    get cause() {
      return cause
    },
    dispose() {
      unwatchReader()
      for (const signal of HANDLED) process.off(signal, onSignal)
    },
  }
}
