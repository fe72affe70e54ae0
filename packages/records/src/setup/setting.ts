import Type, { type Static } from 'typebox'
import { Id, Name } from '../scalars.js'

/** The value of a flag that a command would run with. */
export const SettingRecord = Type.Object({
  kind: Type.Literal('setting'),
  /** `apply --confirm-timeout`. */
  id: Id,
  command: Name,
  /** Without its dashes. */
  flag: Name,
  /** One of each, of a flag that may be repeated. */
  values: Type.Array(Type.String()),
  /** Who says so. */
  origin: Type.Optional(Type.Union([Type.Literal('environment'), Type.Literal('file'), Type.Literal('default')])),
  /** The variable, or the file with its line. */
  place: Type.Optional(Type.String()),
})
export type SettingRecord = Static<typeof SettingRecord>
