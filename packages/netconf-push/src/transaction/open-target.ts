import type { DevicePlan } from './device-plan.js'
import { NetconfTarget, type TargetOptions } from './netconf-target.js'
import type { Target } from './target.js'

/** The target for a device, by its dialect. */
export function openTarget(plan: DevicePlan, options: TargetOptions): Promise<Target> {
  return NetconfTarget.open(plan, options)
}
