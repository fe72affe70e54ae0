import type { LinkAttributes } from '@segchain/records'
import type { TlvCodec } from '../tlv.js'
import { delay, delayVariation, loss, minMaxDelay } from './performance.js'
import {
  adminGroup,
  availableBandwidth,
  extendedAdminGroup,
  maxBandwidth,
  maxReservableBandwidth,
  residualBandwidth,
  srlgs,
  teMetric,
  unreservedBandwidth,
  utilizedBandwidth,
} from './traffic-engineering.js'

/** The TLVs that stand on a link itself and inside its application-specific attributes (RFC 9294 §2). */
export const linkAttributeCodecs: readonly TlvCodec<LinkAttributes>[] = [
  adminGroup,
  maxBandwidth,
  maxReservableBandwidth,
  unreservedBandwidth,
  teMetric,
  srlgs,
  delay,
  minMaxDelay,
  delayVariation,
  loss,
  residualBandwidth,
  availableBandwidth,
  utilizedBandwidth,
  extendedAdminGroup,
]
