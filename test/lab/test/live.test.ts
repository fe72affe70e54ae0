import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { labRoot, runLab, setUp } from '../src/boot.js'
import { labs } from '../src/labs.js'
import { parallelAsOne } from '../src/network.js'
import { type Recording, readRecording } from '../src/recording.js'
import { checkRecording } from './support/check-recording.js'

const wanted = process.env.SEGCHAIN_LAB ?? ''
const chosen = labs.filter((lab) => wanted === '1' || wanted.split(',').includes(lab.name))

if (chosen.length === 0) {
  test(
    'the labs run live',
    { skip: 'the lab runs with: npm run lab (User-Mode Linux, minutes, root)' },
    () => undefined,
  )
}

for (const lab of chosen) {
  describe(`${lab.name}, live`, () => {
    let work = ''
    let recording: Recording
    before(
      () => {
        setUp(labRoot())
        work = runLab(lab, labRoot())
        recording = readRecording(lab, join(work, 'out'))
      },
      { timeout: 45 * 60_000 },
    )
    after(() => {
      if (work !== '') rmSync(work, { recursive: true, force: true })
    })
    checkRecording(
      `${lab.name}, live`,
      lab,
      () => recording,
      ({ graph }) => parallelAsOne(graph),
    )
  })
}
