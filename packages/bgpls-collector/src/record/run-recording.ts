import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RecordWriter } from '@segchain/cli-kit'
import { canonicalJson, SegchainError } from '@segchain/records'
import { INPUT_FILE, OUTPUT_FILE, type RecordedStep } from './recording.js'
import { replayRecording } from './replay-recording.js'

/**
 * Runs a recording again and writes its output.
 * @returns the number of the first line that is not what was recorded; `undefined` when all are.
 */
export async function runRecording(
  folder: string,
  out: Pick<RecordWriter<'segchain.topology/1'>, 'write'>,
): Promise<number | undefined> {
  const steps = (await lines(folder, INPUT_FILE)).map(
    (line, index) => parse(line, folder, INPUT_FILE, index) as RecordedStep,
  )
  const expected = await lines(folder, OUTPUT_FILE)
  let number = 0
  let first: number | undefined
  for (const event of replayRecording(steps)) {
    const line = expected[number++]
    const same =
      line !== undefined && canonicalJson(parse(line, folder, OUTPUT_FILE, number - 1)) === canonicalJson(event)
    if (!same) first ??= number
    await out.write(event)
  }
  return first ?? (expected.length > number ? number + 1 : undefined)
}

async function lines(folder: string, name: string): Promise<string[]> {
  try {
    const text = await readFile(join(folder, name), 'utf8')
    return text.split('\n').filter((line) => line !== '')
  } catch (cause) {
    throw new SegchainError({
      category: 'usage',
      code: 'RECORDING',
      message: `${folder} is no recording: ${cause instanceof Error ? cause.message : String(cause)}`,
      hint: `a recording is a folder with ${INPUT_FILE} and ${OUTPUT_FILE}, as collect --record makes it`,
      where: { file: join(folder, name) },
      cause,
    })
  }
}

function parse(line: string, folder: string, name: string, index: number): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new SegchainError({
      category: 'data',
      code: 'RECORDING',
      message: 'a line of the recording is no JSON',
      where: { file: join(folder, name), line: index + 1 },
      cause,
    })
  }
}
