// source: FRR and Linux themselves: test/fixtures/*/versions.txt names them, `npm run lab -- record` wrote them.
import { join } from 'node:path'
import { labs } from '../src/labs.js'
import { readRecording } from '../src/recording.js'
import { checkRecording } from './support/check-recording.js'

const fixtures = join(import.meta.dirname, '../../test/fixtures')

for (const lab of labs) checkRecording(lab.name, lab, () => readRecording(lab, join(fixtures, lab.name)))
