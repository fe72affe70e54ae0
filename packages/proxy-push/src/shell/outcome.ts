import { exitCodeOfCategory, type Logger, type RecordWriter } from '@segchain/cli-kit'
import type { ChangeRecord, DeviceResultRecord, SegchainError } from '@segchain/records'
import type { Change } from '@segchain/sr-proxy'

export interface Outcome {
  readonly device: string
  readonly status: DeviceResultRecord['status']
  readonly changes: readonly Change[]
  /** Ids of plan elements by path of the change. */
  readonly elements: ReadonlyMap<string, string>
  readonly verified?: boolean
  readonly durationMs: number
  readonly error?: SegchainError
}

/** Writes the changes and results of all proxies, and the summary. @returns the exit code */
export async function finish(
  out: RecordWriter<'segchain.result/1'>,
  outcomes: readonly Outcome[],
  log: Logger,
  exitOnDifference: boolean,
): Promise<number> {
  for (const outcome of outcomes) {
    for (const change of outcome.changes) await out.write(changeRecord(outcome, change))
    await out.write(resultRecord(outcome))
    if (outcome.error !== undefined) log.error(outcome.error)
  }
  const failed = outcomes.flatMap(({ error }) => (error === undefined ? [] : [error]))
  const [first] = failed
  const different = exitOnDifference && outcomes.some(({ changes }) => changes.length > 0)
  const exitCode =
    first !== undefined
      ? exitCodeOfCategory[
          failed.length < outcomes.filter(({ status }) => status !== 'skipped').length ? 'targets' : first.category
        ]
      : different
        ? 1
        : 0
  const counts: Record<string, number> = {}
  for (const { status } of outcomes) counts[status] = (counts[status] ?? 0) + 1
  await out.end({ outcome: first !== undefined ? 'failed' : different ? 'different' : 'ok', exitCode, counts })
  return exitCode
}

function changeRecord({ device, elements }: Outcome, { operation, path, before, after }: Change): ChangeRecord {
  const element = elements.get(path)
  return {
    kind: 'change',
    id: `change:${device}:${path}`,
    device,
    operation,
    path,
    ...(before === undefined ? {} : { before: JSON.stringify(before) }),
    ...(after === undefined ? {} : { after: JSON.stringify(after) }),
    ...(element === undefined ? {} : { element }),
  }
}

function resultRecord({ device, status, changes, verified, durationMs, error }: Outcome): DeviceResultRecord {
  return {
    kind: 'device-result',
    id: `device-result:${device}`,
    device,
    status,
    changes: changes.length,
    durationMs: Math.round(durationMs * 10) / 10,
    ...(verified === undefined ? {} : { verified }),
    ...(error === undefined ? {} : { error: error.toJSON() }),
  }
}
