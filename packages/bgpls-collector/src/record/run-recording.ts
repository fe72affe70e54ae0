import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { type RecordWriter, splitLines } from '@segchain/cli-kit'
import { canonicalJson, SegchainError } from '@segchain/records'
import { INPUT_FILE, OUTPUT_FILE, type RecordedStep } from './recording.js'
import { RecordingReplay } from './replay-recording.js'

/** A step of an old recording may be a whole topology; a new one has some hundred records at most. */
const MAX_LINE_BYTES = 256 * 1024 * 1024

/**
 * Runs a recording again and writes its output. Both files are read line by line, as far as the output is taken: only
 * the topology is kept.
 * @returns the number of the first line that is not what was recorded; `undefined` when all are.
 */
export async function runRecording(
  folder: string,
  out: Pick<RecordWriter<'segchain.topology/1'>, 'write'>,
): Promise<number | undefined> {
  const replay = new RecordingReplay()
  const expected = valuesOf(folder, OUTPUT_FILE)
  let number = 0
  let first: number | undefined
  try {
    for await (const step of valuesOf(folder, INPUT_FILE)) {
      for (const event of replay.step(step as RecordedStep)) {
        number++
        const recorded = first === undefined ? await expected.next() : undefined
        if (recorded !== undefined && !isSame(recorded, event)) first = number
        await out.write(event)
      }
    }
    if (first === undefined && (await expected.next()).done !== true) first = number + 1
  } finally {
    await expected.return(undefined)
  }
  return first
}

function isSame(recorded: IteratorResult<unknown>, event: unknown): boolean {
  return recorded.done !== true && canonicalJson(recorded.value) === canonicalJson(event)
}

async function* valuesOf(folder: string, name: string): AsyncGenerator<unknown> {
  const file = join(folder, name)
  try {
    for await (const { text, number } of splitLines(createReadStream(file), MAX_LINE_BYTES)) {
      yield parse(text, file, number)
    }
  } catch (cause) {
    if (cause instanceof SegchainError) throw cause.at({ file })
    throw new SegchainError({
      category: 'usage',
      code: 'RECORDING',
      message: `${folder} is no recording: ${cause instanceof Error ? cause.message : String(cause)}`,
      hint: `a recording is a folder with ${INPUT_FILE} and ${OUTPUT_FILE}, as collect --record makes it`,
      where: { file },
      cause,
    })
  }
}

function parse(text: string, file: string, line: number): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new SegchainError({
      category: 'data',
      code: 'RECORDING',
      message: 'a line of the recording is no JSON',
      where: { file, line },
      cause,
    })
  }
}
