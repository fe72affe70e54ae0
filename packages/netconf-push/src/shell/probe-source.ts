import { constants, openSync, statSync } from 'node:fs'
import { Socket } from 'node:net'
import { readRecords, type ToolIo } from '@segchain/cli-kit'
import type { StreamRecord } from '@segchain/records'
import type Apply from '../commands/apply.js'

/** Where the topology of a probe comes from. */
export interface ProbeSource {
  readonly open: () => AsyncGenerator<StreamRecord<'segchain.topology/1'>>
  /** Begins anew each time it is opened, as a file does; a pipe goes on by itself. */
  readonly again: boolean
  /** Nobody waits for a collector that says nothing any more. */
  readonly close: () => void
}

const schema = 'segchain.topology/1'

/** Stdin (`-`), a named pipe, or a file. */
export function probeSource(io: ToolIo<typeof Apply>, path: string): ProbeSource {
  const open = () => io.read(path, schema)
  if (path === '-') return { open, again: false, close: () => process.stdin.destroy() }
  if (statSync(path, { throwIfNoEntry: false })?.isFIFO() !== true) return { open, again: true, close: () => undefined }
  const pipe = openPipe(path)
  return { open: () => readRecords(pipe, { schema, name: path }), again: false, close: () => pipe.destroy() }
}

/**
 * A stream of a file reads in a thread, which nothing takes out of a pipe that is silent: the process would not end.
 * A socket can be closed at any time. Without O_NONBLOCK the opening itself would wait in such a thread for a
 * writer; for writing too, because a pipe that nobody writes to yet would else be at its end.
 */
function openPipe(path: string): Socket {
  const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK)
  return new Socket({ fd, readable: true, writable: false })
}
