import Type, { type Static } from 'typebox'
import { Label, Name } from '../scalars.js'
import { elementFields } from './element.js'

/** draft-ietf-spring-sr-service-programming §6; `none` for a function that reads the stack itself. */
export const ProxyBehavior = Type.Union([
  Type.Literal('End.AS'),
  Type.Literal('End.AD'),
  Type.Literal('End.AM'),
  Type.Literal('none'),
])
export type ProxyBehavior = Static<typeof ProxyBehavior>

/** A proxy hands packets with this label to this instance of a service. */
export const ProxyEntryElement = Type.Object({
  kind: Type.Literal('proxy-entry'),
  ...elementFields,
  label: Label,
  service: Name,
  instance: Name,
  behavior: ProxyBehavior,
  attachment: Type.String(),
  /** End.AS: the labels that replace what comes in, top first; none: the packet goes on as IP. */
  stack: Type.Optional(Type.Array(Label, { maxItems: 16 })),
  /** How TTL and traffic class go through the VNF (RFC 3443); absent: pipe. */
  model: Type.Optional(Type.Union([Type.Literal('pipe'), Type.Literal('uniform')])),
})
export type ProxyEntryElement = Static<typeof ProxyEntryElement>
