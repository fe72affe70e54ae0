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
    /** In force provisionally: `confirm` keeps it, `cancel` takes it back. */
    Type.Literal('held'),
    Type.Literal('unchanged'),
    /** `diff` and `--dry-run`: the changes stand in change records. */
    Type.Literal('would-change'),
    Type.Literal('failed'),
    Type.Literal('rolled-back'),
    /** Not touched: an earlier device failed, or nothing here is for this tool. */
    Type.Literal('skipped'),
  ]),
  changes: Type.Integer({ minimum: 0 }),
  /**
   * How the device commits: `persistent` and `session` are confirmed commits with and without persist-id,
   * `plain` has none: it goes last, and is undone by putting back what was there.
   */
  commitMode: Type.Optional(Type.Union([Type.Literal('persistent'), Type.Literal('session'), Type.Literal('plain')])),
  /** What was read from the device after the commit equals what the plan wants. */
  verified: Type.Optional(Type.Boolean()),
  durationMs: Type.Optional(Type.Number({ minimum: 0 })),
  error: Type.Optional(ErrorBody),
})
export type DeviceResultRecord = Static<typeof DeviceResultRecord>
