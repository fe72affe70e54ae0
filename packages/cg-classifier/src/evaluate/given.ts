import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { cannotRead } from '@segchain/cli-kit/files'
import type { ReportRecord } from '@segchain/records'
import { SegchainError } from '@segchain/records'
import { reportsOfCapture } from '../features/reports-of-capture.js'
import { sessionOf } from '../features/session-key.js'
import { type SessionWindows, windowsOf } from './session-windows.js'

/** A file that somebody knows the class of. */
export interface LabelledFile {
  readonly path: string
  readonly positive: boolean
}

/** Reads a stream of reports; the command's own reader, with its checks. */
export type ReadReports = (path: string) => AsyncIterable<{ readonly kind: string }>

/** A piece of a flow that is measured as one session: 8 s of traffic. */
const PIECE_WINDOWS = 240
/** Shorter flows say nothing about sessions. */
const LEAST_WINDOWS = 20

/** The sessions of captures and of report streams; long flows are cut into pieces. */
export async function givenSessions(files: readonly LabelledFile[], read: ReadReports): Promise<SessionWindows[]> {
  const sessions: SessionWindows[] = []
  for (const { path, positive } of files) {
    const origin = { source: basename(path), positive, mbps: 0, weight: 1 }
    for (const flow of await flowsOf(path, read)) {
      for (let from = 0; flow.length - from >= LEAST_WINDOWS; from += PIECE_WINDOWS) {
        sessions.push(windowsOf(flow.slice(from, from + PIECE_WINDOWS), origin))
      }
    }
  }
  return sessions
}

async function flowsOf(path: string, read: ReadReports): Promise<ReportRecord[][]> {
  const flows = new Map<string, ReportRecord[]>()
  const records = (await isStream(path)) ? read(path) : reportsOfCapture(createReadStream(path))
  for await (const record of records) {
    if (record.kind !== 'report') continue
    const report = record as ReportRecord
    const key = sessionOf(report)
    const flow = flows.get(key)
    if (flow === undefined) flows.set(key, [report])
    else flow.push(report)
  }
  return [...flows.values()]
}

/** By the first byte: a stream of records begins with `{`. @throws {SegchainError} category `usage`, `CANNOT_READ`. */
async function isStream(path: string): Promise<boolean> {
  const file = await open(path).catch((cause) => {
    throw cannotRead(path, cause)
  })
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1), 0, 1, 0)
  await file.close()
  return bytesRead === 1 && buffer[0] === 0x7b
}

export interface Split {
  readonly training: readonly SessionWindows[]
  readonly validation: readonly SessionWindows[]
  readonly test: readonly SessionWindows[]
  /** What was kept apart as a whole. */
  readonly by: 'file' | 'session'
}

/**
 * Of four, two train, one sets the rule and one is held out: whole files where both classes have four of them, else
 * sessions in turn, and then the test set holds flows that training has seen pieces of.
 * @throws {SegchainError} category `usage`, code `TOO_FEW` when a class has fewer than four sessions.
 */
export function split(sessions: readonly SessionWindows[]): Split {
  const of = (positive: boolean) => sessions.filter((session) => session.positive === positive)
  for (const positive of [true, false]) {
    if (of(positive).length < 4) throw tooFew(positive, of(positive).length)
  }
  const files = (positive: boolean) => new Set(of(positive).map(({ source }) => source)).size
  const by = files(true) >= 4 && files(false) >= 4 ? 'file' : 'session'
  const parts = { training: [] as SessionWindows[], validation: [] as SessionWindows[], test: [] as SessionWindows[] }
  for (const positive of [true, false]) {
    const names = [...new Set(of(positive).map(({ source }) => source))]
    of(positive).forEach((session, index) => {
      const turn = (by === 'file' ? names.indexOf(session.source) : index) % 4
      parts[turn === 3 ? 'test' : turn === 2 ? 'validation' : 'training'].push(session)
    })
  }
  return { ...parts, by }
}

function tooFew(positive: boolean, count: number): SegchainError {
  return new SegchainError({
    category: 'usage',
    code: 'TOO_FEW',
    message: `${count} sessions of ${positive ? 'cloud gaming' : 'other traffic'} have ${LEAST_WINDOWS} windows or more: four are needed`,
    hint: 'give more captures, or longer ones; a flow gives one session for every 8 s',
  })
}
