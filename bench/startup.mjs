// How long a person waits for --help: each tool beside bare node, in the same run, medians.
// The aim: less than twice bare `node -e 0` plus 100 ms.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const RUNS = 15
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const tools = readdirSync(join(root, 'packages'))
  .map((name) => JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')))
  .flatMap((manifest) => Object.keys(manifest.bin ?? {}))
const load = (file) => ['--input-type=module', '-e', `await import(${JSON.stringify(join(root, file))})`]
const cases = new Map([
  ['node -e 0', [process.execPath, '-e', '0']],
  ['records, as bundled', [process.execPath, ...load('packages/records/dist/bundle/index.js')]],
  ['records, typebox as installed', [process.execPath, ...load('packages/records/dist/src/index.js')]],
  ...tools.map((tool) => [`${tool} --help`, [join(root, 'node_modules/.bin', tool), '--help']]),
])

// In turn, so that a slow moment of the machine hits all of them alike.
const times = new Map([...cases.keys()].map((name) => [name, []]))
for (let run = 0; run < RUNS; run++) {
  for (const [name, [command, ...args]] of cases) {
    const started = performance.now()
    const { status } = spawnSync(command, args, { stdio: 'ignore' })
    if (status !== 0) throw new Error(`${name} ended with ${status}`)
    times.get(name).push(performance.now() - started)
  }
}
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]
const bare = median(times.get('node -e 0'))
const limit = 2 * bare + 100
console.log(`start-up, median of ${RUNS} runs; the aim is under ${limit.toFixed(0)} ms`)
for (const [name, list] of times) {
  const value = median(list)
  console.log(`${name.padEnd(30)} ${value.toFixed(0).padStart(5)} ms  ${(value / bare).toFixed(1)} × node`)
}
