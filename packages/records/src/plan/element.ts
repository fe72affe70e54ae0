import Type, { type Static } from 'typebox'
import { Id, Name } from '../scalars.js'

/** Where in the repository of intents something was asked for. */
export const IntentReference = Type.Object({
  kind: Name,
  name: Type.String(),
  file: Type.String(),
  line: Type.Integer({ minimum: 1 }),
})
export type IntentReference = Static<typeof IntentReference>

export const Reason = Type.Object({
  /** A sentence for people. */
  text: Type.String(),
  intents: Type.Array(IntentReference),
})
export type Reason = Static<typeof Reason>

/** What every element of a plan has. */
export const elementFields = {
  /** Stable over compilations: `prefix-sid:r3:10.254.0.1/32:0`. */
  id: Id,
  /** The name of the Device intent. */
  device: Name,
  /** Order of application, make before break: all of a step before any of the next. */
  step: Type.Integer({ minimum: 1 }),
  reason: Reason,
}
