import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalJson, type PlanElement, SegchainError } from '@segchain/records'
import type { Difference } from '../diff/index.js'
import { namesIn } from './names-in.js'

/** Where a plan is from, as far as its stream says. */
export interface Origin {
  /** The Git commit of the intents. */
  readonly commit?: string
  /** Of the plan's elements. */
  readonly planDigest?: string
}

/** What we have written to a device and not removed: what is ours there. */
export interface LedgerEntry extends Origin {
  readonly device: string
  /** Of the last transaction. */
  readonly transaction: string
  readonly time: string
  readonly elements: readonly PlanElement[]
  /** Earlier versions of elements: what of them is not in the later one is ours too, until it is pruned. */
  readonly superseded: readonly PlanElement[]
}

/** What a finished transaction has done to a device. */
export interface AppliedHere {
  readonly device: string
  readonly elements: readonly PlanElement[]
  readonly removing?: readonly PlanElement[]
  readonly differences: readonly Difference[]
}

const FOLDER = 'applied'

/** What is ours after a transaction: what it has written, or what it has left. Elements that were there already are not. */
export function ownedAfter(previous: LedgerEntry | undefined, applied: AppliedHere) {
  const { elements: before = [], superseded = [] } = previous ?? {}
  if (applied.removing !== undefined) {
    const kept = new Set(applied.elements.map(({ id }) => id))
    return { elements: before.filter(({ id }) => kept.has(id)), superseded: [] }
  }
  const written = new Set(applied.differences.map((difference) => difference.element))
  const now = new Map(applied.elements.map((element) => [element.id, element]))
  const had = new Set(before.map(({ id }) => id))
  const isOther = (element: PlanElement): boolean => {
    const later = now.get(element.id)
    return later !== undefined && canonicalJson(later) !== canonicalJson(element)
  }
  return {
    elements: [
      ...before.map((element) => now.get(element.id) ?? element),
      ...applied.elements.filter(({ id }) => written.has(id) && !had.has(id)),
    ],
    superseded: [...superseded, ...before.filter(isOther)],
  }
}

/** By device. A file that cannot be read is an error: what is ours would be forgotten. */
export async function readLedger(folder: string): Promise<ReadonlyMap<string, LedgerEntry>> {
  const names = await namesIn(join(folder, FOLDER))
  const entries = await Promise.all(
    names.filter((name) => name.endsWith('.json')).map((name) => readEntry(join(folder, FOLDER, name))),
  )
  return new Map(entries.map((entry) => [entry.device, entry]))
}

/** Replaces the entry of a device in one step: after a crash there is the old one or the new one. */
export async function writeLedger(folder: string, entry: LedgerEntry): Promise<void> {
  const file = fileOf(folder, entry.device)
  await mkdir(join(folder, FOLDER), { recursive: true, mode: 0o700 })
  const handle = await open(`${file}.new`, 'w', 0o600)
  try {
    await handle.writeFile(`${JSON.stringify(entry)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${file}.new`, file)
}

/** Enters a finished transaction of one device. */
export async function enter(
  folder: string,
  of: Origin & { readonly transaction: string; readonly time: string },
  applied: AppliedHere,
): Promise<void> {
  const { device } = applied
  const previous = await readEntry(fileOf(folder, device)).catch(() => undefined)
  await writeLedger(folder, { device, ...of, ...ownedAfter(previous, applied) })
}

function fileOf(folder: string, device: string): string {
  return join(folder, FOLDER, `${encodeURIComponent(device)}.json`)
}

async function readEntry(file: string): Promise<LedgerEntry> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as LedgerEntry
  } catch (cause) {
    throw new SegchainError({
      category: 'usage',
      code: 'LEDGER',
      message: `cannot read what was applied from ${file}`,
      hint: 'remove the file to forget what is ours on this device: nothing of it is pruned then',
      where: { file },
      cause,
    })
  }
}
