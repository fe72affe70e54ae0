import { createHash } from 'node:crypto'
import type { FeatureKind } from '../model/feature-writer.js'
import { featureNames } from '../model/feature-writer.js'
import { CONTEXT_WINDOWS } from '../model/session-features.js'
import { writeAnomaly } from '../model/write-anomaly.js'
import { fitAnomaly } from './anomaly.js'
import { trainAnomaly } from './card-compare.js'
import { scoresOf, THRESHOLD } from './fit.js'
import { givenSessions, type LabelledFile, type ReadReports, type Split, split } from './given.js'
import { givenCard } from './given-card.js'
import { plotsOf } from './held-out-plots.js'
import { type SessionWindows, windowsAlone } from './session-windows.js'
import { HELD_OUT, sessionSet } from './sets.js'
import type { Scores } from './tally.js'
import { type Trained, train, trainOn } from './train.js'

export interface TrainFilesOptions {
  readonly sessions: number
  readonly seconds: number
  readonly kind: FeatureKind
  /** Captures and reports with their class; none: only generated traffic. */
  readonly given: readonly LabelledFile[]
  /** With generated traffic; without it `given` must be enough. */
  readonly generated: boolean
  readonly read: ReadReports
}

/** The files that training makes, by their names: the same input gives the same bytes. */
export async function trainFiles(options: TrainFilesOptions): Promise<Map<string, Uint8Array | string>> {
  if (options.given.length === 0) {
    return new Map(modelFiles(train(options), writeAnomaly(trainAnomaly(), metadata('session'))))
  }
  const parts = split(await givenSessions(options.given, options.read))
  const trained = trainGiven(parts, options)
  const anomaly = fitAnomaly([...parts.training])
  const seen = (session: SessionWindows) => (options.kind === 'session' ? session : windowsAlone(session))
  const scores: Scores = (session) => scoresOf(trained.ensemble, seen(session))
  const about = aboutGiven(parts, options)
  const digest = `sha256:${createHash('sha256').update(trained.onnx).digest('hex')}`
  const card = { digest, about, rule: trained.rule, threshold: THRESHOLD, scores }
  return new Map<string, Uint8Array | string>([
    ...modelFiles(trained, writeAnomaly(anomaly, metadata('session'))),
    ['model-card.md', givenCard(card, parts.test)],
    ...plotsOf(trained.rule, parts.test, scores, 'held out'),
  ])
}

function trainGiven(parts: Split, { sessions, seconds, kind, generated }: TrainFilesOptions): Trained {
  const common = { seconds, without: HELD_OUT.sources, heldOutRates: 'leave-out', startUp: 'cut' } as const
  const more = (name: string, count: number) => (generated ? sessionSet({ ...common, name, sessions: count }) : [])
  return trainOn(
    [...parts.training, ...more('train', sessions)],
    [...parts.validation, ...more('validate', Math.ceil(sessions / 2))],
    { kind, heldOut: generated ? HELD_OUT.sources.join(',') : '' },
  )
}

function modelFiles({ onnx, rule }: Trained, anomaly: Uint8Array): [string, Uint8Array | string][] {
  return [
    ['cloud-gaming.onnx', onnx],
    ['anomaly.onnx', anomaly],
    ['session-rule.json', `${JSON.stringify(rule, undefined, 2)}\n`],
  ]
}

function metadata(kind: FeatureKind): Record<string, string> {
  const features = featureNames[kind].join(',')
  return { features, threshold: String(THRESHOLD), windowMs: '33', contextWindows: String(CONTEXT_WINDOWS) }
}

function aboutGiven(parts: Split, { given, generated }: TrainFilesOptions): string[] {
  const names = (positive: boolean) => given.filter((file) => file.positive === positive).length
  const counts = `${parts.training.length} sessions for training, ${parts.validation.length} for the session rule, ${parts.test.length} held out`
  return [
    `${names(true)} files of cloud gaming, ${names(false)} of other traffic; ${counts}, a session being at most 8 s of a flow`,
    parts.by === 'file'
      ? 'whole files were held out'
      : 'fewer than four files of a class were given: sessions were held out in turn, and training has seen other parts of the same files, which flatters the figures',
    generated ? 'generated traffic was added to training, not to what is measured' : 'no generated traffic',
  ]
}
