import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'
import { SegchainError } from '@segchain/records'
import type { TopologyEvent } from '../rib/rib.js'
import { INPUT_FILE, OUTPUT_FILE, type RecordedStep, type Recorder } from './recording.js'

/** Writes a recording into a folder. */
export class FileRecorder implements Recorder {
  readonly #input: WriteStream
  readonly #output: WriteStream

  /** @throws {SegchainError} category `usage` when the folder cannot be made. */
  constructor(folder: string, onError: (error: Error) => void) {
    try {
      mkdirSync(folder, { recursive: true })
    } catch (cause) {
      throw new SegchainError({
        category: 'usage',
        code: 'RECORD',
        message: `cannot record into ${folder}: ${cause instanceof Error ? cause.message : String(cause)}`,
        where: { file: folder },
        cause,
      })
    }
    this.#input = createWriteStream(join(folder, INPUT_FILE)).on('error', onError)
    this.#output = createWriteStream(join(folder, OUTPUT_FILE)).on('error', onError)
  }

  step(step: RecordedStep): void {
    this.#input.write(`${JSON.stringify(step)}\n`)
  }

  result(event: TopologyEvent): void {
    this.#output.write(`${JSON.stringify(event)}\n`)
  }

  async close(): Promise<void> {
    await Promise.all([this.#input, this.#output].map((file) => new Promise<void>((resolve) => file.end(resolve))))
  }
}
