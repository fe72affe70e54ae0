import Type, { type Static } from 'typebox'
import { Label, Name } from '../scalars.js'
import { elementFields } from './element.js'

/** A P4 switch does a micro-service for packets with this label. */
export const SwitchEntryElement = Type.Object({
  kind: Type.Literal('switch-entry'),
  ...elementFields,
  label: Label,
  service: Name,
  instance: Name,
  /** The P4 module, as the Service's attachment names it. */
  module: Type.String(),
})
export type SwitchEntryElement = Static<typeof SwitchEntryElement>
