import { join } from 'node:path'
import type { SchemaName, StreamRecord } from '@segchain/records'
import { validateRecord } from '@segchain/records'
import { $ } from 'zx'

const quiet = $({ quiet: true, nothrow: true })

export interface Tools {
  /** Where node_modules/.bin is. */
  readonly root: string
  /** Ends what runs. */
  readonly signal: AbortSignal
}

export interface ToolRun<S extends SchemaName> {
  readonly records: readonly StreamRecord<S>[]
  /** The stream as it came: input of the next tool. */
  readonly stream: string
  readonly exitCode: number
  readonly talk: string
}

/** Runs one of our tools as a user would, and reads its stream. */
export async function runTool<S extends SchemaName>(
  tools: Tools,
  schema: S,
  tool: string,
  args: readonly string[],
  input = '',
): Promise<ToolRun<S>> {
  const result = await quiet({ input, signal: tools.signal })`${join(tools.root, 'node_modules/.bin', tool)} ${args}`
  const records = result.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => validateRecord(schema, JSON.parse(line)))
  return { records, stream: result.stdout, exitCode: result.exitCode ?? 1, talk: result.stderr }
}

/** @throws {Error} with what the tool said on stderr, when it did not end as expected. */
export function expectExit(
  what: string,
  run: { readonly exitCode: number; readonly talk: string },
  ...codes: readonly number[]
): void {
  if (codes.includes(run.exitCode)) return
  throw new Error(`${what} ended with ${run.exitCode}\n${run.talk}`)
}
