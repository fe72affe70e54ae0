import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { frrConfig, observerConfig } from './frr-config.js'
import { jobScript } from './job.js'
import type { Lab } from './lab.js'
import { compiledPlan } from './plan.js'

const uml = join(import.meta.dirname, '../../uml')

/** The folder with Debian sid in it: SEGCHAIN_LAB_ROOT, else in the user's cache. */
export function labRoot(): string {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  return process.env.SEGCHAIN_LAB_ROOT ?? join(cache, 'segchain-lab', 'sid')
}

/** Makes the folder where it is missing; minutes, and root. */
export function setUp(root: string): void {
  mkdirSync(join(root, '..'), { recursive: true })
  script('setup.sh', [root], 30 * 60)
}

/**
 * Boots the kernel, lets the network converge and gives the folder with what was written down; the
 * caller removes it.
 *
 * @throws {Error} with the end of the log when the lab did not get to its end.
 */
export function runLab(lab: Lab, root: string, seconds = 600 + 180 * failuresOf(lab)): string {
  const work = mkdtempSync(join(tmpdir(), 'segchain-lab-'))
  for (const folder of ['conf', 'out']) mkdirSync(join(work, folder))
  for (const router of lab.routers) writeFileSync(join(work, 'conf', `r${router.number}.conf`), frrConfig(lab, router))
  writeFileSync(join(work, 'conf', 'obs.conf'), observerConfig())
  writeFileSync(join(work, 'job.sh'), jobScript(lab, lab.compiled === undefined ? [] : compiledPlan(lab.compiled)))
  copyFileSync(join(uml, 'init.sh'), join(work, 'init.sh'))
  spawnSync('chmod', ['-R', 'a+rwX', work])
  spawnSync('chmod', ['a+x', join(work, 'init.sh')])
  script('boot.sh', [root, work, String(seconds)], seconds + 30)
  const rc = join(work, 'job.rc')
  if (existsSync(rc) && existsSync(join(work, 'out', 'versions.txt'))) return work
  const log = existsSync(join(work, 'job.log')) ? readFileSync(join(work, 'job.log'), 'utf8') : '(no log)'
  rmSync(work, { recursive: true, force: true })
  throw new Error(`the lab "${lab.name}" did not get to its end:\n${log.slice(-2000)}`)
}

/** Each takes two times until the network has settled. */
function failuresOf({ probes }: Lab): number {
  return probes.filter(({ down }) => down !== undefined).length
}

function script(name: string, args: readonly string[], seconds: number): void {
  const { status, stderr, error } = spawnSync('sh', [join(uml, name), ...args], {
    encoding: 'utf8',
    timeout: seconds * 1000,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  // User-Mode Linux ends with a status of its own; what it did is seen by what it wrote.
  if (name === 'boot.sh' && error === undefined) return
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${error?.message ?? stderr.slice(-2000)}`)
}
