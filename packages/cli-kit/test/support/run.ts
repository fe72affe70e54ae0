import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The fixture tool: test/tool, compiled. */
export const BIN = fileURLToPath(new URL('../../../test/tool/bin.js', import.meta.url))

export interface RunOptions {
  readonly input?: string
  /** How long stdin stays silent before the input comes. */
  readonly inputAfterMs?: number
  /** Sent when the tool has said something on stderr. */
  readonly signal?: NodeJS.Signals
  /** Added to our own; undefined takes a variable away. */
  readonly environment?: NodeJS.ProcessEnv
}

export interface RunResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly durationMs: number
}

export function run(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return collect(process.execPath, [BIN, ...args], options)
}

/** A pipeline, as a user types it. `tool` stands for the fixture tool. */
export function shell(pipeline: string): Promise<RunResult> {
  const script = pipeline.replaceAll('tool ', `"${process.execPath}" "${BIN}" `)
  return collect('bash', ['-o', 'pipefail', '-c', script], {})
}

function collect(command: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const env = { ...process.env, ...options.environment }
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], timeout: 60_000, env })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.stdin.on('error', () => undefined)
    setTimeout(() => child.stdin.end(options.input ?? ''), options.inputAfterMs ?? 0)
    if (options.signal !== undefined) child.stderr.once('data', () => child.kill(options.signal))
    child.on('error', reject)
    child.on('close', (code) =>
      resolve({
        code,
        stdout: Buffer.concat(out).toString(),
        stderr: Buffer.concat(err).toString(),
        durationMs: performance.now() - started,
      }),
    )
  })
}
