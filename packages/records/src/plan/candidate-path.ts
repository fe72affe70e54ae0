import Type, { type TSchema } from 'typebox'
import { Id, IpAddress, Name, U32 } from '../scalars.js'

/** A candidate path of an SR Policy on either data plane: lists of one kind, and how much they are preferred. */
export function candidatePathOf<List extends TSchema>(list: List) {
  return Type.Object({
    name: Name,
    /** Higher wins (RFC 9256 §2.9). */
    preference: U32,
    segmentLists: Type.Array(list, { minItems: 1 }),
  })
}

/** What every SR Policy says of itself, whichever its data plane. */
export const policyFields = {
  headend: Id,
  color: U32,
  /** SRv6: an address in the endpoint's locator. */
  endpoint: IpAddress,
  name: Name,
  chain: Name,
  services: Type.Array(Type.String()),
}
