import { platforms } from '../generate/platforms.js'
import { type AnomalyModel, anomalyOf } from '../model/anomaly-model.js'
import { featureCount } from '../model/feature-writer.js'
import { fitAnomaly } from './anomaly.js'
import { scoresOf } from './fit.js'
import { realSessions } from './real-captures.js'
import { type SessionWindows, windowsAlone } from './session-windows.js'
import { allBut, HELD_OUT, heldOutRates, heldOutSources, seenSources, sessionSet } from './sets.js'
import { fraction, type Scores, type Tally, tallied, tallyRows, windowPrecision, windowRecall } from './tally.js'
import { TRAINING, type Trained, type TrainOptions, train } from './train.js'

/** The windows of the platforms of cloud gaming that training may see: what the unsupervised model learns from. */
export function trainAnomaly(options: Pick<TrainOptions, 'sessions' | 'seconds'> = TRAINING): AnomalyModel {
  const names = platforms.map(({ name }) => name).filter((name) => !HELD_OUT.sources.some((held) => held === name))
  return fitAnomaly(sessionSet({ ...options, name: 'train', without: allBut(names), heldOutRates: 'leave-out' }))
}

/** A probability as the ONNX file gives it: a half at the limit. */
export function anomalyScores(model: AnomalyModel): Scores {
  return ({ features, count, kind }) =>
    Array.from({ length: count }, (_, row) => 1 / (1 + anomalyOf(model, features, row * featureCount[kind])))
}

/** Three models under the same session rule: this one, one that sees windows alone, and the unsupervised one. */
export async function comparison(trained: Trained, captures: string | undefined): Promise<string[]> {
  const alone = train({ ...TRAINING, kind: 'window' })
  const anomaly = trainAnomaly()
  const models: [string, Trained['rule'], Scores][] = [
    ['this model: window and past of the session', trained.rule, (session) => scoresOf(trained.ensemble, session)],
    ['window alone (12 inputs)', alone.rule, (session) => scoresOf(alone.ensemble, windowsAlone(session))],
    ['unsupervised (`anomaly.onnx`)', trained.rule, anomalyScores(anomaly)],
  ]
  const sets: [string, SessionWindows[]][] = [
    ['held out', [...heldOutSources(), ...heldOutRates()]],
    ['seen sources', seenSources()],
  ]
  if (captures !== undefined)
    sets.push(['real captures, UDP', [...(await realSessions(captures, 'udp')).values()].flat()])
  const rows = sets.flatMap(([what, sessions]) =>
    models.map(([name, rule, scores]) => {
      const tallies = tallied(rule, sessions, scores)
      return `| ${[what, name, ...measures(tallies)].join(' | ')} |`
    }),
  )
  const [, , unsupervised] = models
  const flagged =
    unsupervised === undefined
      ? []
      : tallied(
          trained.rule,
          sets.slice(0, 2).flatMap(([, s]) => s),
          unsupervised[2],
        )
  return [
    '',
    '## Models compared',
    '',
    'The unsupervised model learns the three platforms of training only, one Gaussian each in the logarithms of the 36 inputs, and',
    'accepts what is within the distance that 95 % of their windows keep; what is not accepted is called other. It is an ONNX file',
    'too: `classify --model anomaly.onnx`. The same session rule decides.',
    '',
    '| Sessions | Model | Window recall (95 %) | Window precision (95 %) | Session recall (95 %) | Sessions of others called cloud gaming (95 %) |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    'The unsupervised model, source by source:',
    '',
    ...tallyRows(flagged),
  ]
}

function measures(tallies: readonly Tally[]): string[] {
  const sum = (positive: boolean, field: 'sessions' | 'calledCloudGaming') =>
    tallies.filter((tally) => tally.positive === positive).reduce((total, tally) => total + tally[field], 0)
  return [
    windowRecall(tallies),
    windowPrecision(tallies),
    fraction(sum(true, 'calledCloudGaming'), sum(true, 'sessions')),
    `${sum(false, 'calledCloudGaming')}/${sum(false, 'sessions')}: ${fraction(sum(false, 'calledCloudGaming'), sum(false, 'sessions'))}`,
  ]
}
