import type { Unsupported } from '../dialect.js'
import { type DeviceFacts, isIsis } from '../facts.js'

/** The block of the IGP. OSPF has an instance without a name, and numbered ones. */
export function igpBlock(facts: DeviceFacts): string {
  if (isIsis(facts)) return `router isis ${facts.igpInstance}`
  return facts.igpInstance === 'default' ? 'router ospf' : `router ospf ${facts.igpInstance}`
}

export function withoutOspfV3({ igp }: DeviceFacts): Unsupported | undefined {
  return igp.protocol === 'ospfv3' ? { unsupported: 'FRR has no segment routing in OSPFv3' } : undefined
}
