import { randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { type PlanElement, SegchainError } from '@segchain/records'
import type { Difference } from '../diff/index.js'
import type { Origin } from './ledger.js'
import type { CommitMode } from './target.js'

export interface JournalDevice {
  readonly name: string
  readonly mode: CommitMode
  readonly elements: readonly PlanElement[]
  /** As of {@link DevicePlan}. */
  readonly removing?: readonly PlanElement[]
  /** What differed from the plan before the commit, to see whether a rollback was one. */
  readonly before: readonly Difference[]
  /** Puts back what was there: serialised edits or commands, for modes without persist-id. */
  readonly undo: string
}

/** What stands in a journal, one JSON object a line, each on disk before what it announces is done. */
export type JournalEntry =
  | {
      readonly entry: 'begin'
      readonly id: string
      readonly pid: number
      readonly time: string
      readonly confirmTimeoutS: number
      readonly origin?: Origin
      readonly devices: readonly JournalDevice[]
    }
  /** A commit that no timer would undo is about to be sent. */
  | { readonly entry: 'committing'; readonly device: string }
  /** It waits for `confirm` or `cancel`, until its timers run out. */
  | { readonly entry: 'held'; readonly until: string }
  /** From here on the transaction is finished, or undone, whatever happens. */
  | { readonly entry: 'decision'; readonly decision: 'confirm' | 'cancel' }
  | { readonly entry: 'done'; readonly device: string }

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

/** `$XDG_STATE_HOME/segchain/netconf-push`. */
export function defaultJournalFolder(): string {
  const state = process.env.XDG_STATE_HOME
  return join(
    state !== undefined && state !== '' ? state : join(homedir(), '.local', 'state'),
    'segchain',
    'netconf-push',
  )
}

/** The id is the persist-id too: nobody can guess it, and it says whose it is. */
export function newTransactionId(): string {
  return `segchain-${randomBytes(12).toString('hex')}`
}

/** The journal of one transaction: what `recover` needs when the process is gone. */
export class Journal {
  readonly file: string
  readonly #handle: FileHandle

  private constructor(file: string, handle: FileHandle) {
    this.file = file
    this.#handle = handle
  }

  static async create(folder: string, begin: Extract<JournalEntry, { entry: 'begin' }>): Promise<Journal> {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const file = join(folder, `${begin.id}.ndjson`)
      const journal = new Journal(file, await open(file, 'wx', 0o600))
      await journal.append(begin)
      await syncFolder(folder)
      return journal
    } catch (cause) {
      throw journalError(`cannot write a journal in ${folder}`, cause)
    }
  }

  /** Goes on with a journal that another process began. */
  static async reopen(file: string): Promise<Journal> {
    return new Journal(file, await open(file, 'a', 0o600))
  }

  /** Resolves when it is on disk. */
  async append(entry: JournalEntry): Promise<void> {
    await this.#handle.write(`${JSON.stringify(entry)}\n`)
    await this.#handle.datasync()
  }

  /** Every device is done: nothing is left to recover. */
  async remove(): Promise<void> {
    await this.#handle.close()
    await rm(this.file, { force: true })
  }

  /** Leaves it for `recover`. */
  close(): Promise<void> {
    return this.#handle.close()
  }
}

/** The transactions that were begun and not ended, oldest first. */
export async function unfinishedTransactions(folder: string): Promise<JournalState[]> {
  let names: string[]
  try {
    names = await readdir(folder)
  } catch {
    return []
  }
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

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

function journalError(message: string, cause: unknown): SegchainError {
  return new SegchainError({
    category: 'usage',
    code: 'JOURNAL',
    message: `${message}: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: '--journal names another folder; without a journal nothing could be recovered, so nothing was done',
    cause,
  })
}
