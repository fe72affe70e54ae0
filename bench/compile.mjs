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

console.log(`${CHAINS} chains of three services`)
console.log(
  ' nodes    links  elements   read YAML      cold   after one change of a link  chains anew  elements touched   memory' +
    '    failures tried      cold  after a change   memory',
)
const rows = sizes.map((size) => {
  const row = JSON.parse(execFileSync(process.execPath, [measure, String(size), String(CHAINS)], { encoding: 'utf8' }))
  const milliseconds = (value, width) => `${value} ms`.padStart(width)
  console.log(
    `${String(size).padStart(6)}${String(row.links).padStart(9)}${String(row.elements).padStart(10)}` +
      `${milliseconds(row.parseMs, 12)}${milliseconds(row.coldMs, 10)}${milliseconds(row.afterChangeMs, 29)}` +
      `${String(row.chosen).padStart(13)}${String(row.touched).padStart(18)}` +
      `${`${row.megabytes} MB`.padStart(9)}` +
      `${String(row.failures).padStart(18)}${milliseconds(row.provedMs, 10)}${milliseconds(row.provedAfterChangeMs, 16)}` +
      `${`${row.provedMegabytes} MB`.padStart(9)}`,
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
