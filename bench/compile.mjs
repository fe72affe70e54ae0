// How long a compilation takes and how that grows: `npm run bench -- compile [SIZE ...]`, `--plot FILE.svg` draws it.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { logLogPlot } from './compile/plot.mjs'

const CHAINS = 1000
const { values, positionals } = parseArgs({ allowPositionals: true, options: { plot: { type: 'string' } } })
const sizes = positionals.length > 0 ? positionals.map(Number) : [100, 300, 1000, 3000, 10_000]
const measure = join(dirname(fileURLToPath(import.meta.url)), 'compile/measure.mjs')

console.log(
  `${CHAINS} chains of three services; milliseconds by the clock, and in brackets of CPU, all threads together`,
)
console.log(
  ' nodes   links  elements  read YAML         cold  after one change of a link  chains anew  elements touched  memory' +
    '  failures tried         cold  after a change  memory',
)
const rows = sizes.map((size) => {
  const row = JSON.parse(execFileSync(process.execPath, [measure, String(size), String(CHAINS)], { encoding: 'utf8' }))
  const both = (field, width) => `${row[`${field}Ms`]} (${row[`${field}CpuMs`]})`.padStart(width)
  const one = (value, width) => String(value).padStart(width)
  console.log(
    `${one(size, 6)}${one(row.links, 8)}${one(row.elements, 10)}${one(row.parseMs, 11)}` +
      `${both('cold', 13)}${both('afterChange', 28)}${one(row.chosen, 13)}${one(row.touched, 18)}` +
      `${one(`${row.megabytes} MB`, 8)}` +
      `${one(row.failures, 16)}${both('proved', 13)}${both('provedAfterChange', 16)}${one(`${row.provedMegabytes} MB`, 8)}`,
  )
  return row
})
if (values.plot !== undefined) {
  const series = (name, field) => ({ name, points: rows.map((row) => [row.size, row[field]]) })
  const lines = [
    series('read the YAML', 'parseMs'),
    series('compile, cold', 'coldMs'),
    series('after one change of a link', 'afterChangeMs'),
  ]
  writeFileSync(values.plot, logLogPlot({ title: `${CHAINS} chains of three services`, x: 'nodes', y: 'ms', lines }))
}
