// What CI runs, in the same order: format and lint, types, generated files, tests.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const bin = (name) => join(root, 'node_modules/.bin', name)
const steps = [
  ['set up', process.execPath, ['scripts/setup.mjs']],
  ['format and lint', bin('biome'), ['ci', '.']],
  ['types', bin('tsc'), ['-b']],
  ['generated files', process.execPath, ['scripts/docs.mjs', '--check']],
  ['tests', 'npm', ['test', '--silent']],
]
for (const [name, command, args] of steps) {
  console.log(`— ${name}`)
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) {
    console.error(`${name}: not ready`)
    process.exit(1)
  }
}
