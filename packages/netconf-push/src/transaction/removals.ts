import { type PlanElement, SegchainError } from '@segchain/records'
import type { InventoryDevice } from '../inventory/index.js'
import type { DevicePlan } from './device-plan.js'

/** What is ours on a device. */
export interface Owned {
  readonly elements: readonly PlanElement[]
  readonly superseded: readonly PlanElement[]
}

export interface Removals {
  readonly plans: readonly DevicePlan[]
  /** Elements that go. */
  readonly count: number
  /** Of so many that are ours. */
  readonly of: number
}

/** What is ours and not in the plan any more, by device; devices that the plan does not name any more too. */
export function removalsOf(
  owned: ReadonlyMap<string, Owned>,
  plan: readonly PlanElement[],
  inventory: ReadonlyMap<string, InventoryDevice>,
  only: readonly string[] = [],
): Removals {
  const plans: DevicePlan[] = []
  let count = 0
  let of = 0
  for (const [name, ours] of owned) {
    const device = inventory.get(name)
    if (device === undefined || (only.length > 0 && !only.includes(name))) continue
    const elements = plan.filter((element) => element.device === name)
    const ids = new Set(elements.map(({ id }) => id))
    const gone = ours.elements.filter(({ id }) => !ids.has(id))
    of += ours.elements.length
    count += gone.length
    const removing = [...gone, ...ours.superseded]
    if (removing.length > 0) plans.push({ device, elements, removing })
  }
  return { plans, count, of }
}

/** A number of elements, or a share of what is ours. */
export type DeleteLimit = { readonly elements: number } | { readonly percent: number }

/** @throws {SegchainError} category `usage`, for a text that is neither `5` nor `20%`. */
export function parseDeleteLimit(text: string): DeleteLimit {
  const match = /^(\d{1,9})(%?)$/.exec(text)
  const value = Number(match?.[1])
  if (match === null || (match[2] === '%' && value > 100)) {
    throw new SegchainError({
      category: 'usage',
      code: 'DELETE_LIMIT_FORM',
      message: `--allow-delete is a number of elements or a share from 0% to 100%, not ${text}`,
    })
  }
  return match[2] === '%' ? { percent: value } : { elements: value }
}

/** @throws {SegchainError} category `usage`, code `DELETE_LIMIT`: more would go than is allowed. */
export function checkDeleteLimit({ count, of }: Removals, limit: DeleteLimit): void {
  const allowed = 'percent' in limit ? Math.floor((of * limit.percent) / 100) : limit.elements
  if (count <= allowed) return
  throw new SegchainError({
    category: 'usage',
    code: 'DELETE_LIMIT',
    message: `${count} of the ${of} elements that are ours would be removed, and ${allowed} may`,
    hint: `netconf-push diff --prune shows them; --allow-delete=${count} lets them go`,
  })
}
