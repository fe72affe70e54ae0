import Type, { type Static } from 'typebox'
import { DelayUs, U8, U32 } from '../scalars.js'
import { AdminGroups } from './flex-algo-definition.js'

/** A metric of a type of its own (RFC 9843 §2); IS-IS has 24 bits for it, OSPF 32. */
export const GenericMetric = Type.Object({
  /** 128-255 are user-defined (RFC 9350 §5.1); 1 minimum delay, 2 TE, 3 bandwidth. */
  type: U8,
  metric: U32,
})
export type GenericMetric = Static<typeof GenericMetric>

const BytesPerSecond = Type.Number({ minimum: 0 })

/** What a link has for traffic engineering; also the values inside ASLA (RFC 9294 §2). */
export const linkAttributeFields = {
  teMetric: Type.Optional(U32),
  /** At most one of each type. No BGP-LS code point is known for them: they come with records from elsewhere. */
  genericMetrics: Type.Optional(Type.Array(GenericMetric)),
  /** RFC 8571 §2; microseconds. */
  delayUs: Type.Optional(DelayUs),
  minDelayUs: Type.Optional(DelayUs),
  maxDelayUs: Type.Optional(DelayUs),
  delayVariationUs: Type.Optional(DelayUs),
  /** Per cent, steps of 0.000003. */
  lossPercent: Type.Optional(Type.Number({ minimum: 0, maximum: 51 })),
  /** The measurements whose anomalous (A) bit is set: delay, min-max-delay, loss. */
  anomalous: Type.Optional(Type.Array(Type.String())),
  /** Administrative group (1088), bit positions 0-31. */
  adminGroups: Type.Optional(AdminGroups),
  /** Extended administrative group (1173), bit positions from 0. */
  extendedAdminGroups: Type.Optional(AdminGroups),
  srlgs: Type.Optional(Type.Array(U32)),
  maxBandwidthBytesPerSec: Type.Optional(BytesPerSecond),
  maxReservableBandwidthBytesPerSec: Type.Optional(BytesPerSecond),
  /** By priority, 0 to 7. */
  unreservedBandwidthBytesPerSec: Type.Optional(Type.Array(BytesPerSecond, { minItems: 8, maxItems: 8 })),
  residualBandwidthBytesPerSec: Type.Optional(BytesPerSecond),
  availableBandwidthBytesPerSec: Type.Optional(BytesPerSecond),
  utilizedBandwidthBytesPerSec: Type.Optional(BytesPerSecond),
}
export const LinkAttributes = Type.Object(linkAttributeFields)
export type LinkAttributes = Static<typeof LinkAttributes>
