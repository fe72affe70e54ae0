import Type, { type Static } from 'typebox'
import { Algorithm, IpAddress, Name } from '../scalars.js'
import { Srv6SidStructure } from '../topology/sid.js'
import { elementFields } from './element.js'

/** An SRv6 SID behind which the device has an instance of a service (draft-ietf-spring-sr-service-programming §6). */
export const Srv6ServiceSidElement = Type.Object({
  kind: Type.Literal('srv6-service-sid'),
  ...elementFields,
  sid: IpAddress,
  algorithm: Algorithm,
  structure: Srv6SidStructure,
  /** `End.AN`: the function reads the SRH itself; `switch`: a module of the device's own pipeline. */
  behavior: Type.Union([
    Type.Literal('End.AS'),
    Type.Literal('End.AD'),
    Type.Literal('End.AM'),
    Type.Literal('End.AN'),
    Type.Literal('switch'),
  ]),
  /** RFC 9800 §4.1: the remaining C-SIDs of the destination are moved to the front first. */
  csid: Type.Union([Type.Literal('next'), Type.Literal('none')]),
  service: Name,
  instance: Name,
  attachment: Type.String(),
})
export type Srv6ServiceSidElement = Static<typeof Srv6ServiceSidElement>
