import Type, { type Static } from 'typebox'
import { Algorithm, Id, IpAddress, Label, Name } from '../scalars.js'

/** A row of the label forwarding table that a router will have. */
export const LabelEntryRecord = Type.Object({
  kind: Type.Literal('label-entry'),
  id: Id,
  node: Name,
  label: Label,
  /** swap, pop (to a neighbour, without the label), mixed (some branches of each), end (the segment is the router's own). */
  action: Type.Union([Type.Literal('swap'), Type.Literal('pop'), Type.Literal('mixed'), Type.Literal('end')]),
  /** Absent for an adjacency-SID, as are algorithm and service. */
  prefix: Type.Optional(Type.String()),
  algorithm: Type.Optional(Algorithm),
  service: Type.Optional(Type.String()),
  /** Every equal-cost way on; none at the end of a segment. */
  nextHops: Type.Array(
    Type.Object({
      node: Name,
      /** Id of the link record that the packet leaves by. */
      link: Id,
      /** The neighbour's address on it, where the topology tells one. */
      address: Type.Optional(IpAddress),
      /** Absent when the label is popped. */
      label: Type.Optional(Label),
    }),
  ),
})
export type LabelEntryRecord = Static<typeof LabelEntryRecord>
