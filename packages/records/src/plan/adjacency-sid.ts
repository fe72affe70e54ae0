import Type, { type Static } from 'typebox'
import { IpAddress, Label } from '../scalars.js'
import { elementFields } from './element.js'
import { InterfaceName } from './interface-name.js'

/** An adjacency-SID that outlives a restart, because it is configured (RFC 8402 §3.4). */
export const AdjacencySidElement = Type.Object({
  kind: Type.Literal('adjacency-sid'),
  ...elementFields,
  interface: InterfaceName,
  /** The neighbour's address on the link: on a LAN, and for models that name adjacencies by it. */
  neighbor: Type.Optional(IpAddress),
  /** From the SRLB. */
  label: Label,
  /** May the packet go another way while the link is down? The B-flag (RFC 8667 §2.2.1). */
  protected: Type.Boolean(),
})
export type AdjacencySidElement = Static<typeof AdjacencySidElement>
