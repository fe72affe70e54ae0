import { MESSAGE } from '../iana/bgp-parameters.js'
import { ByteReader } from '../reader.js'
import { ByteWriter } from '../writer.js'
import type { AddressFamily } from './capability.js'
import { encodeMessage, HEADER_LENGTH, type RawMessage } from './message.js'

/** RFC 7313 §3.2: a request, or the begin (BoRR) or end (EoRR) of what answers one. */
export type RefreshKind = 'request' | 'begin' | 'end'
const SUBTYPES: readonly RefreshKind[] = ['request', 'begin', 'end']

export interface RouteRefresh extends AddressFamily {
  /** Absent: a subtype that is not known, which is ignored (RFC 7313 §5). */
  readonly kind?: RefreshKind
}

/** AFI (2), message subtype (1), SAFI (1): RFC 2918 §3, RFC 7313 §3.2. */
export function decodeRouteRefresh(message: RawMessage): RouteRefresh {
  const reader = ByteReader.over(message.bytes, 'route-refresh')
  reader.skip(HEADER_LENGTH)
  const afi = reader.u16()
  const kind = SUBTYPES[reader.u8()]
  return { afi, safi: reader.u8(), ...(kind === undefined ? {} : { kind }) }
}

export function encodeRouteRefresh(family: AddressFamily, kind: RefreshKind): Buffer {
  const body = new ByteWriter().u16(family.afi).u8(SUBTYPES.indexOf(kind)).u8(family.safi)
  return encodeMessage(MESSAGE.routeRefresh, body.toBytes())
}
