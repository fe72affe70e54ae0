import type { AdjacencySidElement } from './adjacency-sid.js'
import type { FlexAlgoElement } from './flex-algo.js'
import type { LinkAttributesElement } from './link-attributes.js'
import type { LoopbackElement } from './loopback.js'
import type { PrefixSidElement } from './prefix-sid.js'
import type { ProxyEntryElement } from './proxy-entry.js'
import type { SegmentRoutingElement } from './segment-routing.js'
import type { SrPolicyElement } from './sr-policy.js'
import type { Srv6LocatorElement } from './srv6-locator.js'
import type { Srv6PolicyElement } from './srv6-policy.js'
import type { Srv6ServiceSidElement } from './srv6-service-sid.js'
import type { SteeringElement } from './steering.js'
import type { SwitchEntryElement } from './switch-entry.js'
import type { TiLfaElement } from './ti-lfa.js'

/** What a plan consists of. A plan holds no live object. */
export type PlanElement =
  | SegmentRoutingElement
  | LoopbackElement
  | PrefixSidElement
  | FlexAlgoElement
  | AdjacencySidElement
  | LinkAttributesElement
  | TiLfaElement
  | SrPolicyElement
  | SteeringElement
  | ProxyEntryElement
  | SwitchEntryElement
  | Srv6LocatorElement
  | Srv6ServiceSidElement
  | Srv6PolicyElement

export * from './adjacency-sid.js'
export * from './affinity.js'
export * from './element.js'
export * from './failover.js'
export * from './flex-algo.js'
export * from './interface-name.js'
export * from './link-attributes.js'
export * from './loopback.js'
export * from './order.js'
export * from './prefix-sid.js'
export * from './proxy-entry.js'
export * from './segment-routing.js'
export * from './sr-policy.js'
export * from './srv6-locator.js'
export * from './srv6-policy.js'
export * from './srv6-service-sid.js'
export * from './steering.js'
export * from './switch-entry.js'
export * from './ti-lfa.js'
