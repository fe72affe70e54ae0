import Type, { type Static } from 'typebox'
import { Id, Label, Name, U64 } from '../scalars.js'

/** An entry of an SR proxy's label table. */
export const ProxyLabelRecord = Type.Object({
  kind: Type.Literal('proxy-label'),
  /** `label:16100`. */
  id: Id,
  label: Label,
  action: Type.Union([
    Type.Literal('dynamic'),
    Type.Literal('static'),
    Type.Literal('service'),
    Type.Literal('firewall'),
    Type.Literal('mirror'),
    Type.Literal('forward'),
    Type.Literal('pop'),
    Type.Literal('drop'),
  ]),
  /** What the action leads to: an attachment, a service, a set of rules, a next hop. */
  target: Type.Optional(Type.String()),
  service: Type.Optional(Type.String()),
  /** Whose entry it is: `config`, `plan`, a controller's name. */
  owner: Name,
  packets: U64,
  bytes: U64,
})
export type ProxyLabelRecord = Static<typeof ProxyLabelRecord>
