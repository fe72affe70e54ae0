import type { Intent } from '../intents/intent.js'
import type { DeviceIntent } from '../intents/schema/index.js'
import { ALWAYS_PHP } from './dialect-limits.js'
import type { PlannedSid } from './planned-sids.js'
import type { Problems } from './problems.js'

/**
 * What the routers before a device do with the labels of its node-SIDs. They arrive where that can be had. A
 * node-SID does its work without it too: what is below is read by the node in any case.
 */
export function lastHopOf({ spec }: Intent<DeviceIntent>): 'php' | 'no-php' {
  return spec.lastHopBehavior ?? (ALWAYS_PHP.has(spec.dialect ?? '') ? 'php' : 'no-php')
}

/** A service is known by its label: it cannot be on a device whose neighbours have taken that off. */
export function checkLastHops(planned: readonly PlannedSid[], problems: Problems): void {
  const reported = new Set<string>()
  for (const { service, demand, members } of planned) {
    if (service === undefined) continue
    for (const { device } of members.filter((at) => lastHopOf(at.device) === 'php')) {
      const key = `${service}|${device.name}`
      if (reported.has(key)) continue
      reported.add(key)
      const why = device.spec.lastHopBehavior === undefined ? `dialect ${device.spec.dialect}` : 'lastHopBehavior php'
      problems.add(
        'SERVICE_BEHIND_PHP',
        demand.source.at(demand.path),
        `${service} is on ${device.name}, and its label does not get there: the neighbours pop it (${why})`,
        'put the service on a router that can refuse penultimate hop popping; as a headend or on the way this one is fine',
      )
    }
  }
}
