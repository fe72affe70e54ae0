import Type, { type Static } from 'typebox'
import { ErrorBody } from '../envelope/error-record.js'
import { Id, Name } from '../scalars.js'

/** How it ended on one device. */
export const DeviceResultRecord = Type.Object({
  kind: Type.Literal('device-result'),
  id: Id,
  device: Name,
  status: Type.Union([
    Type.Literal('applied'),
    Type.Literal('unchanged'),
    /** `diff` and `--dry-run`: the changes stand in change records. */
    Type.Literal('would-change'),
    Type.Literal('failed'),
    Type.Literal('rolled-back'),
    /** Not touched: an earlier device failed, or nothing here is for this tool. */
    Type.Literal('skipped'),
  ]),
  changes: Type.Integer({ minimum: 0 }),
  /** What was read from the device after the commit equals what the plan wants. */
  verified: Type.Optional(Type.Boolean()),
  durationMs: Type.Optional(Type.Number({ minimum: 0 })),
  error: Type.Optional(ErrorBody),
})
export type DeviceResultRecord = Static<typeof DeviceResultRecord>
