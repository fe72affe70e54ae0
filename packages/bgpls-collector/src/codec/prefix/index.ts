import type { PrefixRecord } from '@segchain/records'
import { opaqueTlv } from '../opaque.js'
import { ownRouterIds } from '../router-ids.js'
import { spfTlvs } from '../spf.js'
import { srv6Locator } from '../srv6/locator.js'
import { registry } from '../tlv.js'
import { prefixBindingSid } from './binding-sid.js'
import { flexAlgoPrefixMetric } from './flex-algo-metric.js'
import {
  attributeFlags,
  extendedRouteTags,
  igpFlags,
  ospfForwardingAddress,
  prefixMetric,
  routeTags,
  sourceOspfRouterId,
  sourceRouterId,
} from './prefix-properties.js'
import { prefixSid, prefixSidRange } from './prefix-sids.js'

/** What the BGP-LS Attribute may say about a prefix. */
export const prefixTlvs = registry<PrefixRecord>(
  ...ownRouterIds<PrefixRecord>(),
  flexAlgoPrefixMetric,
  igpFlags,
  routeTags,
  extendedRouteTags,
  prefixMetric,
  ospfForwardingAddress,
  opaqueTlv(1157),
  prefixSid,
  prefixSidRange,
  prefixBindingSid,
  srv6Locator,
  ...spfTlvs<PrefixRecord>(),
  attributeFlags,
  sourceRouterId,
  sourceOspfRouterId,
)
