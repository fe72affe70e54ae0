import { exitCodeOfCategory, type Logger, type RecordWriter } from '@segchain/cli-kit'
import { changeRecord, type DeviceOutcome, deviceResultRecord } from '../transaction/report.js'

/** Writes the changes and results of all devices, and the summary. @returns the exit code. */
export async function finish(
  out: RecordWriter<'segchain.result/1'>,
  outcomes: readonly DeviceOutcome[],
  log: Logger,
  exitOnDifference: boolean,
): Promise<number> {
  for (const outcome of outcomes) {
    for (const difference of outcome.differences) await out.write(changeRecord(outcome.device, difference))
    await out.write(deviceResultRecord(outcome))
    if (outcome.error !== undefined) log.error(outcome.error)
  }
  const failed = outcomes.flatMap(({ error }) => (error === undefined ? [] : [error]))
  const exitCode = exitCodeFor(outcomes, exitOnDifference)
  const outcome = failed.length > 0 ? 'failed' : exitCode === 1 ? 'different' : 'ok'
  await out.end({ outcome, exitCode, counts: countsOf(outcomes) })
  return exitCode
}

/** One device that fails is told by its kind of trouble; several, of which some are well, by 3. */
function exitCodeFor(outcomes: readonly DeviceOutcome[], exitOnDifference: boolean): number {
  const failed = outcomes.flatMap(({ error }) => (error === undefined ? [] : [error]))
  const [first] = failed
  if (first !== undefined) {
    const touched = outcomes.filter(({ status }) => status !== 'skipped').length
    return exitCodeOfCategory[failed.length < touched ? 'targets' : first.category]
  }
  return exitOnDifference && outcomes.some(({ differences }) => differences.length > 0) ? 1 : 0
}

function countsOf(outcomes: readonly DeviceOutcome[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { status } of outcomes) counts[status] = (counts[status] ?? 0) + 1
  return counts
}
