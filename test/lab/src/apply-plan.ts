import { factsOf, frr } from '@segchain/netconf-push'
import type { PlanElement } from '@segchain/records'
import { frrConfig } from './frr-config.js'
import type { Lab, LabRouter } from './lab.js'

/**
 * What netconf-push would give to FRR for the plan, as arguments of one vtysh call; empty when there is nothing to
 * change. Services themselves (proxies, switches) and policies are no matter of FRR here.
 */
export function vtyshFor(plan: readonly PlanElement[], lab: Lab, router: LabRouter): string {
  const device = `r${router.number}`
  const own = plan.filter((element) => element.device === device)
  const facts = factsOf({ name: device, igpInstance: '1', policies: 'elsewhere' }, own)
  const { statements, owned, refused } = frr.expressForFrr(own, facts)
  const [why] = refused
  if (why !== undefined) throw why
  const { commands } = frr.diffConfig(frr.parseConfig(frrConfig(lab, router)), statements, owned)
  return commands.length === 0 ? '' : frr.vtyshArguments(commands)
}
