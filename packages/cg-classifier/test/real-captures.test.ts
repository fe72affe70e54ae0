import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import { DEFAULT_RULE, readRule } from '../src/aggregate/state-file.js'
import { outcomeOf } from '../src/evaluate/outcome.js'
import { realSessions } from '../src/evaluate/real-captures.js'
import { DEFAULT_MODEL, loadModel } from '../src/model/load.js'
import { dataFolder, NO_DATA } from './support/data.js'

test('no session of a real negative capture is called cloud gaming at any time', async (t) => {
  const data = dataFolder()
  if (data === undefined) return t.skip(NO_DATA)
  const model = await loadModel(DEFAULT_MODEL)
  const rule = await readRule(DEFAULT_RULE)
  let decided = 0
  for (const transport of ['udp', 'tcp'] as const) {
    for (const [name, sessions] of await realSessions(join(data, 'traffic/negatives'), transport)) {
      for (const session of sessions) {
        const outcome = outcomeOf(rule, await model.classify(session.features), model.threshold)
        assert.equal(outcome.ever, false, `${name} (${transport}): ${outcome.ofClass} of ${outcome.windows} windows`)
        decided += Number(outcome.decided === 'other')
      }
    }
  }
  // Most real sessions are too short for a decision; that some are decided keeps this test from being empty.
  assert.ok(decided >= 30, `${decided} sessions decided`)
  await model.close()
})
