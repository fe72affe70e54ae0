import Type, { type Static } from 'typebox'
import { Algorithm, Id, IpAddress, Name } from '../scalars.js'
import { PathSegmentRecord } from './path.js'

const Protection = Type.Union([Type.Literal('link'), Type.Literal('node'), Type.Literal('srlg')])

/** TI-LFA: what a router does for a destination when what it forwards over fails (RFC 9855). */
export const RepairRecord = Type.Object({
  kind: Type.Literal('repair'),
  id: Id,
  root: Name,
  algorithm: Algorithm,
  protection: Protection,
  /** Id of the protected link, and the node that it leads to. */
  link: Id,
  neighbor: Name,
  destination: Name,
  repair: Type.Union([Type.Literal('ecmp'), Type.Literal('lfa'), Type.Literal('repair'), Type.Literal('unprotected')]),
  /** Where the packet goes first. */
  nextHop: Type.Optional(Name),
  segments: Type.Array(PathSegmentRecord),
  /** SRv6: what the root sends the packet to (H.Encaps, RFC 8986 §5.1), first entry first. */
  carriers: Type.Optional(Type.Array(IpAddress)),
  /** The post-convergence path. */
  nodes: Type.Array(Name),
  why: Type.Optional(Type.String()),
})
export type RepairRecord = Static<typeof RepairRecord>

/** How much of a router's traffic its repairs cover, by destinations. */
export const CoverageRecord = Type.Object({
  kind: Type.Literal('coverage'),
  id: Id,
  root: Name,
  algorithm: Algorithm,
  protection: Protection,
  ecmp: Type.Integer({ minimum: 0 }),
  lfa: Type.Integer({ minimum: 0 }),
  repair: Type.Integer({ minimum: 0 }),
  unprotected: Type.Integer({ minimum: 0 }),
  /** Repairs by number of segments, from none on. */
  bySegments: Type.Array(Type.Integer({ minimum: 0 })),
})
export type CoverageRecord = Static<typeof CoverageRecord>
