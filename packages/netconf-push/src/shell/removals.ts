import type { PlanElement } from '@segchain/records'
import type { InventoryDevice } from '../inventory/index.js'
import { readLedger } from '../transaction/ledger.js'
import { type Owned, type Removals, removalsOf } from '../transaction/removals.js'

export interface PruneRequest {
  readonly elements: readonly PlanElement[]
  readonly inventory: ReadonlyMap<string, InventoryDevice>
  readonly only: readonly string[] | undefined
  /** Where the own records are. */
  readonly folder: string
  /** The elements of the plan that was applied before, in place of the own records. */
  readonly previous?: readonly PlanElement[]
}

export async function findRemovals(request: PruneRequest): Promise<Removals> {
  const owned = request.previous === undefined ? await readLedger(request.folder) : byDevice(request.previous)
  return removalsOf(owned, request.elements, request.inventory, request.only)
}

function byDevice(elements: readonly PlanElement[]): ReadonlyMap<string, Owned> {
  const owned = new Map<string, { elements: PlanElement[]; superseded: readonly PlanElement[] }>()
  for (const element of elements) {
    const there = owned.get(element.device)
    if (there === undefined) owned.set(element.device, { elements: [element], superseded: [] })
    else there.elements.push(element)
  }
  return owned
}
