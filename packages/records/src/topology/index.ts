import type { LinkRecord, StubLinkRecord } from './link.js'
import type { NodeRecord } from './node.js'
import type { PrefixRecord } from './prefix.js'
import type { SrPolicyPathRecord } from './sr-policy-path.js'
import type { Srv6SidRecord } from './srv6-sid.js'
import type { UnknownNlriRecord } from './unknown-nlri.js'

/** What a topology consists of (sessions, sync and withdrawals are events on it). */
export type TopologyRecord =
  | NodeRecord
  | LinkRecord
  | PrefixRecord
  | Srv6SidRecord
  | SrPolicyPathRecord
  | StubLinkRecord
  | UnknownNlriRecord

export * from './flex-algo-definition.js'
export * from './instance.js'
export * from './link.js'
export * from './link-attributes.js'
export * from './node.js'
export * from './prefix.js'
export * from './session.js'
export * from './sid.js'
export * from './sr-policy-path.js'
export * from './srv6-sid.js'
export * from './unknown-nlri.js'
export * from './unknown-tlv.js'
