import { FRR } from '../dialects/frr/index.js'
import type { DevicePlan } from './device-plan.js'
import { FrrTarget } from './frr-target.js'
import { NetconfTarget } from './netconf-target.js'
import type { Target } from './target.js'
import type { TargetOptions } from './target-options.js'

/** The target for a device, by its dialect: FRR speaks no NETCONF. */
export function openTarget(plan: DevicePlan, options: TargetOptions): Promise<Target> {
  return plan.device.dialect === FRR ? FrrTarget.open(plan, options) : NetconfTarget.open(plan, options)
}
