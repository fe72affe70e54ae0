import { constants, fstatSync, openSync } from 'node:fs'
import type { PipePoll } from './pipe-poll.js'

/** How often a tool looks whether anybody still reads it, in milliseconds. */
const LOOK_EVERY_MS = 250
const STDOUT = 1

/**
 * Calls `onGone` when the reader of a pipe on stdout has gone, although nothing is written: a tool that
 * follows a quiet network behind `| head -1` would wait for ever for the EPIPE of its next record.
 * On Linux; elsewhere the next record tells.
 *
 * @returns ends the looking.
 */
export function watchReader(onGone: () => void): () => void {
  if (process.platform !== 'linux' || !isPipe()) return () => undefined
  let poll: PipePoll | undefined
  const timer = setInterval(async () => {
    try {
      // Loaded by tools only that run for long enough.
      poll ??= (await import('./pipe-poll.js')).createPipePoll(reopenedStdout())
      if (poll.hasReader()) return
      onGone()
    } catch {
      // The pipe of another user, no /proc: the next record tells.
    }
    clearInterval(timer)
  }, LOOK_EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}

function isPipe(): boolean {
  try {
    // bigint: Node's realpath looks at what the last other stat has left behind, and gives up resolving the
    // links of a module when that was a pipe (fs.js of Node 20 to 24).
    return fstatSync(STDOUT, { bigint: true }).isFIFO()
  } catch {
    return false
  }
}

/** The same pipe under flags of its own: polling makes a descriptor non-blocking, which stdout must not become. */
function reopenedStdout(): number {
  return openSync('/proc/self/fd/1', constants.O_WRONLY | constants.O_NONBLOCK)
}
