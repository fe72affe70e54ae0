// Runs every compiled test file: `npm test`, `npm test -- bgpls netconf` for files whose path has one of the words.
// The last line is for machines: N passed, N failed, N skipped.
import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { run } from 'node:test'
import { fileURLToPath } from 'node:url'

// Debian puts several peers (exabgp, netconfd, sshd) where only root's PATH leads.
process.env.PATH = `${process.env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin`
// What whoever runs the tests has set for the tools is no matter of theirs.
process.env.SEGCHAIN_CONFIG = ''
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --import=${new URL('property-seeds.mjs', import.meta.url)}`

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const words = process.argv.slice(2).filter((word) => !word.startsWith('-'))
const verbose = process.argv.includes('--verbose')
const files = ['packages', 'test', 'demo', 'bench']
  .flatMap((folder) => testFiles(join(root, folder)))
  .filter((file) => words.length === 0 || words.some((word) => relative(root, file).includes(word)))
  .sort()

if (files.length === 0) {
  console.error(`no test file has ${words.join(' or ')} in its path`)
  process.exit(2)
}

const counts = { passed: 0, failed: 0, skipped: 0 }
const leftOut = new Map()
const started = performance.now()
/** By file, the tests that have begun and not ended: whose fault it is when a file hangs. */
const running = new Map(files.map((file) => [file, new Set()]))
const stream = run({ files, concurrency: availableParallelism(), timeout: 10 * 60_000 })
stream.on('test:dequeue', (event) => running.get(event.file)?.add(event.name))
stream.on('test:pass', (event) => {
  running.get(event.file)?.delete(event.name)
  if (isContainer(event)) return
  if (event.skip !== undefined && event.skip !== false) {
    counts.skipped++
    const why = typeof event.skip === 'string' ? event.skip : 'skipped'
    leftOut.set(why, [...(leftOut.get(why) ?? []), event.name])
  } else {
    counts.passed++
    if (verbose) console.log(`ok      ${place(event)}${event.name}`)
  }
})
stream.on('test:fail', (event) => {
  running.get(event.file)?.delete(event.name)
  // A suite or a file fails because of a test in it that has been told already.
  if (event.details.error.failureType === 'subtestsFailed') return
  counts.failed++
  console.log(`\nFAILED  ${place(event)}${event.name}`)
  const { cause } = event.details.error
  console.log(String(cause?.stack ?? cause ?? event.details.error).replace(/^/gm, '        '))
  if (files.includes(event.name)) console.log(`        not ended: ${[...(running.get(event.name) ?? [])].join(' › ')}`)
})
stream.on('test:stderr', (event) => {
  if (verbose || /Error/.test(event.message)) process.stderr.write(event.message)
})
stream.on('end', () => {
  for (const [why, tests] of leftOut) console.log(`left out (${tests.length}): ${why}\n  ${tests.join('\n  ')}`)
  console.log(`${files.length} files in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
  process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0
})
stream.resume()

/** The runner reports each file, and each suite, as a test of its own: not counted. */
function isContainer(event) {
  return event.details?.type === 'suite' || files.includes(event.name)
}

function place(event) {
  return event.file === undefined ? '' : `${relative(root, event.file).replace('dist/', '')}: `
}

function testFiles(folder) {
  let entries
  try {
    entries = readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : testFiles(path)
    return /[/\\]dist[/\\]test[/\\].*\.test\.js$/.test(path) ? [path] : []
  })
}
