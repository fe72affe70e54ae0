import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { labRoot, runLab, setUp } from './boot.js'
import type { Lab } from './lab.js'
import { labs } from './labs.js'
import { fixtures } from './plan.js'
import { FILES } from './recording.js'

const USAGE = `usage: npm run lab -- setup          make the folder with Debian sid, FRR and User-Mode Linux
       npm run lab -- record [LAB…]  run labs and write test/lab/test/fixtures anew
       npm run lab [-- LAB…]         run labs and compare what they do with what is predicted (the live tests)
labs: ${labs.map((lab) => `${lab.name} (${lab.title})`).join('; ')}
`

/** `setup`, `record [LAB…]`. */
export function run([command = '', ...names]: readonly string[]): void {
  const chosen = labs.filter((lab) => names.length === 0 || names.includes(lab.name))
  if (!['setup', 'record'].includes(command) || chosen.length === 0) {
    process.stderr.write(USAGE)
    process.exitCode = 2
    return
  }
  setUp(labRoot())
  if (command === 'setup') return
  for (const lab of chosen) {
    process.stderr.write(`${lab.name} …\n`)
    const work = runLab(lab, labRoot())
    keep(lab, join(work, 'out'), join(fixtures, lab.name))
    rmSync(work, { recursive: true, force: true })
  }
}

/** Copies what the checks read. */
function keep(lab: Lab, from: string, to: string): void {
  rmSync(to, { recursive: true, force: true })
  mkdirSync(to, { recursive: true })
  const probes = lab.probes.map((_, i) => `probe-${i + 1}.txt`)
  for (const file of [...FILES.shared, ...probes]) cpSync(join(from, file), join(to, file))
  for (const { number } of lab.routers) {
    for (const file of FILES.router) cpSync(join(from, `r${number}`, file), join(to, `r${number}`, file))
  }
}
