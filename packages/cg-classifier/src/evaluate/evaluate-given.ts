import { DEFAULT_RULE, readRule } from '../aggregate/state-file.js'
import { DEFAULT_MODEL, loadModel } from '../model/load.js'
import { givenSessions, type LabelledFile, type ReadReports } from './given.js'
import { givenCard } from './given-card.js'
import { plotsOf } from './held-out-plots.js'
import { type SessionWindows, windowsAlone } from './session-windows.js'

/** Measures any model on captures that somebody knows the class of. @throws {SegchainError} of the files. */
export async function evaluateGiven(
  files: readonly LabelledFile[],
  read: ReadReports,
  modelPath: string = DEFAULT_MODEL,
  rulePath: string = DEFAULT_RULE,
): Promise<{ readonly card: string; readonly plots: ReadonlyMap<string, string> }> {
  const model = await loadModel(modelPath)
  const rule = await readRule(rulePath)
  const sessions = await givenSessions(files, read)
  const found = new Map<SessionWindows, Float32Array>()
  for (const session of sessions) {
    const rows = model.kind === 'session' ? session : windowsAlone(session)
    found.set(session, await model.classify(rows.features))
  }
  await model.close()
  const scores = (session: SessionWindows) => found.get(session) ?? new Float32Array()
  const about = [`${files.length} files, ${sessions.length} sessions of 20 windows or more, at most 8 s each`]
  const { digest, threshold } = model
  const card = givenCard({ digest, about, rule, threshold, scores }, sessions)
  return { card, plots: plotsOf(rule, sessions, scores, 'given captures') }
}
