import type { Interfaces } from '@oclif/core'
import type { SchemaName, StreamRecord } from '@segchain/records'
import type { Logger } from './log/logger.js'
import type { Input } from './open-input.js'
import type { Progress } from './progress.js'
import type { HeaderFields, RecordWriter } from './record-writer.js'

/** The static side of a command class, as far as types are made of it. */
export interface ToolClass {
  readonly schema: SchemaName
  readonly eachTime: readonly string[]
  readonly flags: Interfaces.FlagInput
  readonly baseFlags: Interfaces.FlagInput
  readonly args: Interfaces.ArgInput
}

/** All that a command may know of the world: what it was asked, where it reads, writes and talks. */
export interface ToolIo<T extends ToolClass> {
  readonly flags: Interfaces.InferredFlags<T['flags'] & T['baseFlags']>
  readonly args: Interfaces.InferredArgs<T['args']>
  /** Aborted by SIGINT, SIGTERM, SIGHUP and by a reader of stdout that has gone. */
  readonly signal: AbortSignal
  readonly log: Logger
  /** On stderr, on a terminal only. */
  readonly progress: Progress
  /** Stdout is a terminal: a person looks. */
  readonly terminal: boolean
  /** Colour is wanted on stdout. */
  readonly colour: boolean
  /** Set for outcomes that are not errors (1, a difference). */
  exitCode: number
  /** Opens the output and writes the header. */
  open(fields?: HeaderFields): Promise<RecordWriter<T['schema']>>
  /** Reads a stream; bad lines are treated as `--on-error` says. */
  read<R extends SchemaName>(path: string | undefined, schema: R): AsyncGenerator<StreamRecord<R>>
  /** Reads bytes that are no stream of records: a capture. */
  bytes(path: string | undefined): Input
  /** How many input lines `--on-error` passed over. */
  readonly badLines: number
  /** Text that is not a record (help, a picture, a document) to stdout. */
  text(text: string): Promise<void>
}
