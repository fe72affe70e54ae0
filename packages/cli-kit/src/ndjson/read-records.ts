import { type SchemaName, SegchainError, type StreamRecord, validateRecord } from '@segchain/records'
import { EndCheck } from './check-end.js'
import { checkHeader } from './check-header.js'
import { type Line, splitLines } from './lines.js'
import { parseLine } from './parse.js'

export type OnError = 'fail' | 'skip' | 'tag'

export interface ReadOptions {
  readonly schema: SchemaName
  /** How the input is called in errors: `stdin`, a file's name. */
  readonly name: string
  /** What happens to a line that cannot be used. Without it, the error is thrown. */
  readonly onBadLine?: (error: SegchainError, line: Line) => Promise<void> | void
}

/**
 * The records of a stream, each checked. The header comes first. A bad header always throws: what
 * follows could mean anything. So does the summary of a tool that failed; a topology or a plan without
 * any end is treated as a bad line.
 *
 * @throws {SegchainError} category `data`, with file and line.
 */
export async function* readRecords<S extends SchemaName>(
  chunks: AsyncIterable<Uint8Array>,
  options: ReadOptions & { readonly schema: S },
): AsyncGenerator<StreamRecord<S>> {
  const end = new EndCheck(options.schema)
  let headerSeen = false
  let last: Line | undefined
  try {
    for await (const line of splitLines(chunks)) {
      last = line
      if (!headerSeen) {
        const header = parseLine(line)
        checkHeader(header, options.schema, line.number)
        headerSeen = true
        yield validateRecord(options.schema, header)
        continue
      }
      let record: StreamRecord<S> | undefined
      try {
        record = validateRecord(options.schema, parseLine(line))
      } catch (error) {
        if (!(error instanceof SegchainError)) throw error
        const located = error.at({ file: options.name, line: line.number })
        if (options.onBadLine === undefined) throw located
        await options.onBadLine(located, line)
      }
      if (record === undefined) continue
      end.see(record, line.number)
      yield record
    }
  } catch (error) {
    throw error instanceof SegchainError ? error.at({ file: options.name }) : error
  }
  if (!headerSeen) {
    throw new SegchainError({
      category: 'data',
      code: 'INPUT_EMPTY',
      message: `no ${options.schema} stream came: the input is empty`,
      hint: 'did the tool before this one in the pipeline fail? (set -o pipefail shows it)',
      where: { file: options.name },
    })
  }
  if (end.missing === undefined || last === undefined) return
  const cutOff = end.missing.at({ file: options.name, line: last.number })
  if (options.onBadLine === undefined) throw cutOff
  await options.onBadLine(cutOff, last)
}
