import Type, { type Static } from 'typebox'
import { Id, Name, U64 } from '../scalars.js'

/** A counter of an SR proxy; it goes on over restarts of the daemon. */
export const ProxyCounterRecord = Type.Object({
  kind: Type.Literal('proxy-counter'),
  /** `drop:mtu`. */
  id: Id,
  group: Type.Union([
    Type.Literal('total'),
    /** By reason. */
    Type.Literal('drop'),
    Type.Literal('to-vnf'),
    Type.Literal('from-vnf'),
    Type.Literal('daemon'),
  ]),
  name: Name,
  packets: U64,
  bytes: U64,
})
export type ProxyCounterRecord = Static<typeof ProxyCounterRecord>
