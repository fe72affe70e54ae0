import type { ErrorRecord, Header, SchemaName, SegchainError, StreamRecord } from '@segchain/records'
import { wantsColour } from './colour.js'
import type { LogLevel } from './log/logger.js'
import { createLogger } from './log/stderr-logger.js'
import { ByteWriter } from './ndjson/byte-writer.js'
import type { Line } from './ndjson/lines.js'
import { type OnError, readRecords } from './ndjson/read-records.js'
import { openInput } from './open-input.js'
import { createRenderer } from './output/create-renderer.js'
import type { OutputFormat } from './output/renderer.js'
import { createProgress } from './progress.js'
import { RecordWriter } from './record-writer.js'
import type { ToolClass, ToolIo } from './tool-io.js'

/** The part of an input line that an error record keeps. */
const KEPT_INPUT_CHARACTERS = 4096
/** Error records kept until the output is opened; the summary counts the others too. */
const MOST_WAITING = 10_000

interface IoOptions<T extends ToolClass> {
  readonly flags: ToolIo<T>['flags']
  readonly args: ToolIo<T>['args']
  readonly schema: SchemaName
  readonly tool: string
  readonly version: string
  readonly signal: AbortSignal
}

interface CommonFlags {
  readonly output?: OutputFormat
  readonly 'on-error': OnError
  readonly 'log-format': 'text' | 'json'
  readonly 'log-level': LogLevel
}

export interface ProcessIo<T extends ToolClass> extends ToolIo<T> {
  /** Ends a stream that was opened and that the command did not end: a reader must not take it for the whole. */
  abandon(outcome: 'failed' | 'interrupted', exitCode: number): Promise<void>
  /** Waits until stdout has taken everything. */
  finish(): Promise<void>
}

/** Binds a command to the process. */
export function createIo<T extends ToolClass>(options: IoOptions<T>): ProcessIo<T> {
  const { signal } = options
  const common = options.flags as CommonFlags
  const terminal = process.stdout.isTTY === true
  const colour = wantsColour(process.stdout, process.env)
  const bytes = new ByteWriter(process.stdout, signal)
  const log = createLogger({
    tool: options.tool,
    format: common['log-format'],
    level: common['log-level'],
    colour: wantsColour(process.stderr, process.env),
    write: (text) => process.stderr.write(text),
  })
  let writer: RecordWriter<SchemaName> | undefined
  let badLines = 0
  /** Tagged before the output was opened: a tool that reads everything first. */
  const waiting: ErrorRecord[] = []

  const onBadLine = async (error: SegchainError, line: Line): Promise<void> => {
    badLines++
    log.warn(error)
    if (common['on-error'] !== 'tag') return
    const record: ErrorRecord = {
      kind: 'error',
      id: `error:${error.where.file ?? 'input'}:${line.number}`,
      error: error.toJSON(),
      input: line.text.slice(0, KEPT_INPUT_CHARACTERS),
    }
    if (writer !== undefined) await writer.write(record)
    else if (waiting.length < MOST_WAITING) waiting.push(record)
  }

  return {
    flags: options.flags,
    args: options.args,
    signal,
    log,
    progress: createProgress(process.stderr),
    terminal,
    colour,
    exitCode: 0,
    get badLines() {
      return badLines
    },
    async open(fields = {}) {
      const renderer = await createRenderer(
        common.output ?? (terminal ? 'table' : 'ndjson'),
        colour,
        process.stdout.columns,
      )
      const opened = new RecordWriter<T['schema']>(bytes, renderer, () => (badLines === 0 ? {} : { badLines }))
      writer = opened as unknown as RecordWriter<SchemaName>
      const header: Header = {
        kind: 'header',
        schema: options.schema,
        tool: options.tool,
        version: options.version,
        ...fields,
      }
      await writer.write(header)
      for (const record of waiting.splice(0)) await writer.write(record)
      return opened
    },
    async *read<R extends SchemaName>(path: string | undefined, schema: R): AsyncGenerator<StreamRecord<R>> {
      const input = openInput(path, signal)
      const readOptions = common['on-error'] === 'fail' ? {} : { onBadLine }
      yield* readRecords(input.chunks, { schema, name: input.name, ...readOptions })
    },
    bytes: (path) => openInput(path, signal),
    text: (text) => bytes.write(text),
    async abandon(outcome, exitCode) {
      if (writer === undefined || writer.ended) return
      await writer.abandon({ outcome, exitCode })
    },
    finish: () => bytes.end(),
  }
}
