import Type, { type Static } from 'typebox'
import { DelayUs, U32 } from '../scalars.js'
import { AdminGroups } from './flex-algo-definition.js'

const BytesPerSecond = Type.Number({ minimum: 0 })

/** What a link has for traffic engineering; also the values inside ASLA (RFC 9294 §2). */
export const linkAttributeFields = {
  teMetric: Type.Optional(U32),
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
