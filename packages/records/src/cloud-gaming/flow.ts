import Type from 'typebox'
import { IpAddress, Name, U8, U16, U64 } from '../scalars.js'

/** The ends of a flow, in the direction that the record says. */
export const flowEnds = {
  sourceAddress: IpAddress,
  sourcePort: U16,
  destinationAddress: IpAddress,
  destinationPort: U16,
}

/** Which flow it is and which of its windows. */
export const windowFields = {
  ...flowEnds,
  /** IANA protocol number; the published probe, which does not say, sees UDP only. */
  protocol: Type.Optional(U8),
  /** ns since 1970. */
  windowStartNs: Type.Optional(U64),
  /** Counts the reports of one sender, from any start; a number that came before is a replay. */
  sequence: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
  /** What the sender calls the session, when it is more than the addresses and ports. */
  sessionId: Type.Optional(Name),
}
