import { type PlanElement, SegchainError } from '@segchain/records'
import { routerKinds } from '../dialects/index.js'
import type { InventoryDevice } from '../inventory/index.js'

/** The elements of a plan for one device. */
export interface DevicePlan {
  readonly device: InventoryDevice
  /** What has to be there. */
  readonly elements: readonly PlanElement[]
  /** With these the plan is to remove them, as far as `elements` do not need them; nothing is added then. */
  readonly removing?: readonly PlanElement[]
}

/**
 * Groups a plan by device, in the order of application: devices whose last step is earlier first, so
 * that SIDs are there before the label stacks that use them.
 *
 * @param only names of devices; without any, all that the plan has
 * @throws {SegchainError} category `usage`: a router of the plan that the inventory does not have, or a name that neither has.
 */
export function planByDevice(
  elements: readonly PlanElement[],
  inventory: ReadonlyMap<string, InventoryDevice>,
  only: readonly string[] = [],
): DevicePlan[] {
  const byDevice = new Map<string, PlanElement[]>()
  for (const element of elements) {
    if (only.length > 0 && !only.includes(element.device)) continue
    const there = byDevice.get(element.device)
    if (there === undefined) byDevice.set(element.device, [element])
    else there.push(element)
  }
  const plans = [...byDevice].flatMap(([name, its]) => {
    const device = inventory.get(name)
    if (device !== undefined) return [{ device, elements: its }]
    if (!its.some((element) => routerKinds.has(element.kind))) return []
    throw new SegchainError({
      category: 'usage',
      code: 'DEVICE_UNKNOWN',
      message: `the plan has router ${name}, and there is no Device with that name and an address`,
      hint: 'add the Device intent, or --device to name the devices that you mean',
      where: { device: name },
    })
  })
  for (const name of only) if (!byDevice.has(name) && !inventory.has(name)) throw unknownDevice(name, inventory)
  const lastStep = (plan: DevicePlan): number => Math.max(...plan.elements.map((element) => element.step))
  return plans.sort((a, b) => lastStep(a) - lastStep(b) || (a.device.name < b.device.name ? -1 : 1))
}

/** A name that somebody has given, and that stands for nothing: a slip of the pen must not look like success. */
export function unknownDevice(name: string, inventory: ReadonlyMap<string, InventoryDevice>): SegchainError {
  return new SegchainError({
    category: 'usage',
    code: 'DEVICE_UNKNOWN',
    message: `there is no Device ${name} with an address`,
    hint: `there are: ${[...inventory.keys()].sort().slice(0, 20).join(', ')}${inventory.size > 20 ? ', …' : ''}`,
  })
}
