import Type, { type Static } from 'typebox'
import { U8, U32 } from '../scalars.js'
import { unknownTlvs } from './unknown-tlv.js'

/** Bit positions of an (extended) administrative group, 0 the least significant (RFC 7308 §2.1). */
export const AdminGroups = Type.Array(Type.Integer({ minimum: 0 }))

/** A FAD as a node advertises it (RFC 9350 §5.1, RFC 9351 §3). */
export const FlexAlgoDefinition = Type.Object({
  algorithm: Type.Integer({ minimum: 128, maximum: 255 }),
  /** 0 IGP, 1 minimum unidirectional delay, 2 TE default, 128-255 user-defined. */
  metricType: U8,
  /** 0 SPF. */
  calculationType: U8,
  priority: U8,
  excludeAny: Type.Optional(AdminGroups),
  includeAny: Type.Optional(AdminGroups),
  includeAll: Type.Optional(AdminGroups),
  excludeSrlgs: Type.Optional(Type.Array(U32)),
  /** `prefix-metric` is the M-flag (RFC 9350 §6.4); others are `bit-N`. */
  flags: Type.Optional(Type.Array(Type.String())),
  /** The IGP's FAD had sub-TLVs that BGP-LS could not carry (RFC 9351 §3.7). */
  unsupported: Type.Optional(
    Type.Object({ protocol: Type.String(), types: Type.Array(Type.Integer({ minimum: 0, maximum: 0xffff })) }),
  ),
  ...unknownTlvs,
})
export type FlexAlgoDefinition = Static<typeof FlexAlgoDefinition>
