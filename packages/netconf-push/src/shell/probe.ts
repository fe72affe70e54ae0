import { spawn } from 'node:child_process'
import { SegchainError } from '@segchain/records'

const KEPT_OUTPUT = 2000
/** For what a command that has ended has written and we have not read. */
const LAST_WORDS_MS = 200

/**
 * A command that says by its exit code whether the network is well: tried again until it says so, or
 * the time is over. It runs in a shell, and its output is part of the error.
 */
export function commandProbe(command: string, timeoutS: number): (signal: AbortSignal) => Promise<void> {
  return async (signal) => {
    const until = performance.now() + timeoutS * 1000
    for (;;) {
      const { code, output } = await runOnce(command, until - performance.now(), signal)
      if (code === 0) return
      if (signal.aborted || performance.now() + 1000 > until) {
        throw new SegchainError({
          category: 'rejected',
          code: 'PROBE_FAILED',
          message: `the health probe says no (exit ${code ?? 'by time-out'}): ${output.trim().split('\n').at(-1) ?? ''}`,
          hint: 'everything is rolled back; run the probe by hand to see why',
        })
      }
      await new Promise((resolve) => setTimeout(resolve, 1000))
    }
  }
}

/** In a process group of its own: what the shell has begun ends with it, and holds nobody up. */
function runOnce(
  command: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { shell: true, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-KEPT_OUTPUT)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const stop = (): void => {
      if (child.pid !== undefined) killGroup(child.pid)
    }
    const timer = setTimeout(stop, Math.max(100, timeoutMs))
    signal.addEventListener('abort', stop, { once: true })
    child.once('error', reject)
    child.once('exit', (code) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      // What it has left running in the background may keep its output open for ever.
      const left = setTimeout(() => {
        child.stdout.destroy()
        child.stderr.destroy()
      }, LAST_WORDS_MS)
      child.once('close', () => {
        clearTimeout(left)
        resolve({ code, output })
      })
    })
  })
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
