import Type, { type Static } from 'typebox'
import { Id, Name, U64 } from '../scalars.js'

/** An instance of a service, as an SR proxy has it. */
export const ProxyInstance = Type.Object({
  name: Name,
  /** `missing`: its interface is not there. */
  state: Type.Union([Type.Literal('active'), Type.Literal('draining'), Type.Literal('missing')]),
  weight: Type.Integer({ minimum: 1 }),
  /** Attachment, or next hop. */
  at: Type.String(),
  packets: U64,
  bytes: U64,
  /** Sessions that stay with it; only where they were counted. */
  sessions: Type.Optional(Type.Integer({ minimum: 0 })),
})
export type ProxyInstance = Static<typeof ProxyInstance>

/** An entry of an SR proxy's service table. */
export const ProxyServiceRecord = Type.Object({
  kind: Type.Literal('proxy-service'),
  /** `service:orange/cg`. */
  id: Id,
  /** Empty: the default. */
  service: Type.String(),
  action: Type.Union([Type.Literal('forward'), Type.Literal('demux'), Type.Literal('delay'), Type.Literal('drop')]),
  owner: Name,
  packets: U64,
  bytes: U64,
  instances: Type.Optional(Type.Array(ProxyInstance)),
})
export type ProxyServiceRecord = Static<typeof ProxyServiceRecord>
