import { SegchainError } from '@segchain/records'

/** What has numbers in the data plane, and up to which (tables.h, SR_N_…). 0 is none. */
export const idLimits = {
  tx: 255,
  vnf: 4095,
  nextHop: 4095,
  stack: 4095,
  scope: 65535,
  serviceName: 4095,
  instance: 4095,
  labelCounter: 16383,
  serviceCounter: 4095,
  mirror: 63,
} as const
export type IdKind = keyof typeof idLimits

/** As it is kept on disk: by kind, the number of each name, and what was given back, oldest first. */
export interface IdState {
  readonly ids: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly freed: Readonly<Record<string, readonly (readonly [id: number, atMs: number])[]>>
}

/** A session may name what is gone for as long as it lives: until then its number stays unused. */
const QUARANTINE_MS = 10 * 60 * 1000

/**
 * Gives numbers to names. A name keeps its number over every change and every restart; a number that was
 * given back comes again as late as can be, and not before {@link QUARANTINE_MS}.
 */
export class Ids {
  readonly #ids = new Map<string, Map<string, number>>()
  readonly #freed = new Map<string, [number, number][]>()
  readonly #used = new Set<string>()
  readonly #nowMs: number
  /** Names that had no number before. */
  readonly fresh: { readonly kind: IdKind; readonly id: number }[] = []

  constructor(state: IdState | undefined, nowMs: number) {
    this.#nowMs = nowMs
    for (const [kind, ids] of Object.entries(state?.ids ?? {})) this.#ids.set(kind, new Map(Object.entries(ids)))
    for (const [kind, list] of Object.entries(state?.freed ?? {}))
      this.#freed.set(
        kind,
        list.map(([id, at]) => [id, at]),
      )
  }

  /** @throws {SegchainError} `rejected`, `TABLE_FULL` */
  id(kind: IdKind, name: string): number {
    this.#used.add(`${kind} ${name}`)
    let ids = this.#ids.get(kind)
    if (ids === undefined) {
      ids = new Map()
      this.#ids.set(kind, ids)
    }
    const known = ids.get(name)
    if (known !== undefined) return known
    const id = this.#next(kind, ids)
    ids.set(name, id)
    this.fresh.push({ kind, id })
    return id
  }

  /** Gives back what nobody has asked for. @returns what is to be kept on disk. */
  settle(): IdState {
    const ids: Record<string, Record<string, number>> = {}
    for (const [kind, names] of this.#ids) {
      const kept: Record<string, number> = {}
      for (const [name, id] of names) {
        if (this.#used.has(`${kind} ${name}`)) kept[name] = id
        else this.#freedOf(kind).push([id, this.#nowMs])
      }
      ids[kind] = kept
    }
    return { ids, freed: Object.fromEntries(this.#freed) }
  }

  #next(kind: IdKind, ids: ReadonlyMap<string, number>): number {
    const freed = this.#freedOf(kind)
    const highest = Math.max(0, ...ids.values(), ...freed.map(([id]) => id))
    if (highest < idLimits[kind]) return highest + 1
    const [oldest] = freed
    if (oldest === undefined || oldest[1] + QUARANTINE_MS > this.#nowMs) throw full(kind)
    freed.shift()
    return oldest[0]
  }

  #freedOf(kind: string): [number, number][] {
    let list = this.#freed.get(kind)
    if (list === undefined) {
      list = []
      this.#freed.set(kind, list)
    }
    return list
  }
}

function full(kind: IdKind): SegchainError {
  return new SegchainError({
    category: 'rejected',
    code: 'TABLE_FULL',
    message: `there is no room for another ${kind}: the table has ${idLimits[kind]}`,
    hint: 'what was taken out gives its place back after ten minutes',
  })
}
