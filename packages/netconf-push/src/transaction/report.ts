import type { ChangeRecord, DeviceResultRecord, SegchainError } from '@segchain/records'
import type { Difference } from '../diff/index.js'
import type { CommitMode } from './target.js'

/** How it ended on one device, before it becomes records. */
export interface DeviceOutcome {
  readonly device: string
  readonly status: DeviceResultRecord['status']
  readonly differences: readonly Difference[]
  readonly commitMode?: CommitMode
  readonly verified?: boolean
  readonly durationMs?: number
  readonly error?: SegchainError
}

export function changeRecord(device: string, difference: Difference): ChangeRecord {
  return { kind: 'change', id: `change:${device}:${difference.path}`.slice(0, 1024), device, ...difference }
}

export function deviceResultRecord(outcome: DeviceOutcome): DeviceResultRecord {
  return {
    kind: 'device-result',
    id: `device:${outcome.device}`,
    device: outcome.device,
    status: outcome.status,
    changes: outcome.differences.length,
    ...(outcome.commitMode === undefined ? {} : { commitMode: outcome.commitMode }),
    ...(outcome.verified === undefined ? {} : { verified: outcome.verified }),
    ...(outcome.durationMs === undefined ? {} : { durationMs: Math.round(outcome.durationMs * 10) / 10 }),
    ...(outcome.error === undefined ? {} : { error: outcome.error.toJSON() }),
  }
}
