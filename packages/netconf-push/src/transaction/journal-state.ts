import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { JournalDevice, JournalEntry } from './journal-entry.js'
import type { Origin } from './ledger.js'
import { namesIn } from './names-in.js'

/** What the entries of a journal say when they are put together. */
export interface JournalState {
  readonly file: string
  readonly id: string
  readonly pid: number
  readonly time: string
  readonly confirmTimeoutS: number
  readonly origin: Origin
  readonly devices: readonly JournalDevice[]
  /** RFC 3339. */
  readonly heldUntil?: string
  readonly committing: ReadonlySet<string>
  readonly decision?: 'confirm' | 'cancel'
  readonly done: ReadonlySet<string>
}

/**
 * The transactions that were begun and not ended, oldest first.
 *
 * @throws {SegchainError} category `usage`, code `CANNOT_READ`: somebody may have begun one, and we would overlook it
 */
export async function unfinishedTransactions(folder: string): Promise<JournalState[]> {
  const names = await namesIn(folder)
  const states = await Promise.all(
    names.filter((name) => /^segchain-[0-9a-f]+\.ndjson$/.test(name)).map((name) => readJournal(join(folder, name))),
  )
  return states.filter((state) => state !== undefined).sort((a, b) => (a.time < b.time ? -1 : 1))
}

async function readJournal(file: string): Promise<JournalState | undefined> {
  const entries = (await readFile(file, 'utf8')).split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as JournalEntry]
    } catch {
      // The last line of a process that was killed while it wrote: what it announced was not begun.
      return []
    }
  })
  const begin = entries.find((entry) => entry.entry === 'begin')
  if (begin === undefined) {
    await rm(file, { force: true })
    return undefined
  }
  const decision = entries.find((entry) => entry.entry === 'decision')?.decision
  const heldUntil = entries.find((entry) => entry.entry === 'held')?.until
  return {
    file,
    id: begin.id,
    pid: begin.pid,
    time: begin.time,
    confirmTimeoutS: begin.confirmTimeoutS,
    origin: begin.origin ?? {},
    devices: begin.devices,
    ...(heldUntil === undefined ? {} : { heldUntil }),
    committing: new Set(entries.flatMap((entry) => (entry.entry === 'committing' ? [entry.device] : []))),
    done: new Set(entries.flatMap((entry) => (entry.entry === 'done' ? [entry.device] : []))),
    ...(decision === undefined ? {} : { decision }),
  }
}
