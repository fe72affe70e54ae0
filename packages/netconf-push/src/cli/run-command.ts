import { SegchainError } from '@segchain/records'
import type { SshConnection } from '../transport/index.js'

export interface CommandResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** A large router's running configuration is some megabytes. */
const MAX_OUTPUT = 64 * 1024 * 1024

/** Runs one command on a device. @throws {SegchainError} category `connect` when it is late or the connection is gone. */
export async function runCommand(
  connection: SshConnection,
  command: string,
  timeoutMs: number,
): Promise<CommandResult> {
  const channel = await connection.exec(command).catch((cause: unknown) => {
    throw failure('EXEC', 'the device does not run commands over SSH', cause)
  })
  return new Promise((resolve, reject) => {
    const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] }
    let size = 0
    let code: number | undefined
    const fail = (error: SegchainError): void => {
      clearTimeout(timer)
      reject(error)
      channel.destroy()
    }
    const timer = setTimeout(
      () => fail(failure('TIMEOUT', `no end of the command within ${timeoutMs / 1000} s`)),
      timeoutMs,
    )
    const keep = (list: Buffer[]) => (chunk: Buffer) => {
      size += chunk.length
      if (size > MAX_OUTPUT) fail(failure('OUTPUT_TOO_LARGE', `the command printed more than ${MAX_OUTPUT} bytes`))
      else list.push(chunk)
    }
    channel.on('data', keep(chunks.stdout))
    channel.stderr.on('data', keep(chunks.stderr))
    channel.on('exit', (status: number | null) => {
      code = status ?? 255
    })
    channel.on('close', () => {
      clearTimeout(timer)
      if (code === undefined) reject(failure('CONNECTION_LOST', 'the connection was lost while a command ran'))
      else
        resolve({
          code,
          stdout: Buffer.concat(chunks.stdout).toString(),
          stderr: Buffer.concat(chunks.stderr).toString(),
        })
    })
  })
}

function failure(code: string, message: string, cause?: unknown): SegchainError {
  return new SegchainError({ category: 'connect', code, message, ...(cause === undefined ? {} : { cause }) })
}
