import { spawn } from 'node:child_process'
import { SegchainError } from '@segchain/records'

const KEPT_OUTPUT = 2000

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

function runOnce(
  command: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-KEPT_OUTPUT)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const stop = (): void => {
      child.kill('SIGKILL')
    }
    const timer = setTimeout(stop, Math.max(100, timeoutMs))
    signal.addEventListener('abort', stop, { once: true })
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      resolve({ code, output })
    })
  })
}
