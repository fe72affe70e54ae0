import { randomBytes } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { SegchainError } from '@segchain/records'
import type { JournalEntry } from './journal-entry.js'
import { SyncedLines } from './synced-lines.js'

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
  readonly #lines: SyncedLines

  private constructor(file: string, lines: SyncedLines) {
    this.file = file
    this.#lines = lines
  }

  static async create(folder: string, begin: Extract<JournalEntry, { entry: 'begin' }>): Promise<Journal> {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const file = join(folder, `${begin.id}.ndjson`)
      const journal = new Journal(file, await SyncedLines.create(file))
      await journal.append(begin)
      await syncFolder(folder)
      return journal
    } catch (cause) {
      throw journalError(`cannot write a journal in ${folder}`, cause)
    }
  }

  /** Goes on with a journal that another process began. */
  static async reopen(file: string): Promise<Journal> {
    return new Journal(file, await SyncedLines.reopen(file))
  }

  /** Resolves when it is on disk. */
  append(entry: JournalEntry): Promise<void> {
    return this.#lines.append(JSON.stringify(entry))
  }

  /** Every device is done: nothing is left to recover. */
  async remove(): Promise<void> {
    await this.#lines.close()
    await rm(this.file, { force: true })
  }

  /** Leaves it for `recover`. */
  close(): Promise<void> {
    return this.#lines.close()
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
