// All-roots SPF with the ECMP graph beside python-igraph, networkx and C++, in one run; then TI-LFA of 1,000 nodes.
// Contenders that are not installed (g++, python3-igraph, python3-networkx: Debian packages) are left out.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EcmpEngine, igpTopology, rowsOf, UNREACHED } from '../packages/path-engine/dist/src/index.js'
import { graphs, toGraph } from './graph/graphs.mjs'

const here = join(dirname(fileURLToPath(import.meta.url)), 'graph')
const work = mkdtempSync(join(tmpdir(), 'segchain-bench-'))
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const attempt = (program, args) => {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 600_000 })
  } catch {
    return undefined
  }
}

function ours(graph, rounds) {
  const engine = EcmpEngine.for(igpTopology(graph))
  const times = []
  let checksum = 0
  for (let round = 0; round < rounds; round += 1) {
    const begin = performance.now()
    checksum = 0
    for (let root = 0; root < graph.nodes.length; root += 1) {
      // Fills the distances and the equal-cost links.
      engine.run(root)
      const { distance } = engine
      for (let node = 0; node < distance.length; node += 1) if (distance[node] !== UNREACHED) checksum += distance[node]
    }
    times.push((performance.now() - begin) / 1000)
  }
  return { seconds: median(times), checksum }
}

const binary = join(work, 'contender')
const hasCpp = attempt('g++', ['-O2', '-std=c++17', '-o', binary, join(here, 'contender.cpp')]) !== undefined
const show = (value) => (value === undefined ? '-' : value.seconds.toFixed(4)).padStart(10)
console.log(
  'all roots, seconds (median)   nodes  links   segchain       C++    igraph  networkx  with ECMP   networkx/segchain  with ECMP/segchain  networkx/C++   the same distances',
)
for (const [name, make] of Object.entries(graphs)) {
  const made = make()
  const file = join(work, `${name}.txt`)
  writeFileSync(file, `${made.nodes} ${made.edges.length}\n${made.edges.map((edge) => edge.join(' ')).join('\n')}\n`)
  const rounds = made.nodes < 2000 ? 9 : 3
  const segchain = ours(toGraph(made, rowsOf), rounds)
  const cpp = hasCpp ? JSON.parse(attempt(binary, [file, String(rounds)]) ?? 'null') : undefined
  const python = JSON.parse(
    attempt(existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3', [
      join(here, 'contender.py'),
      file,
      String(Math.min(rounds, 3)),
      '60',
    ]) ?? '{}',
  )
  const sums = [cpp, python.igraph].filter(Boolean).map((other) => other.checksum === segchain.checksum)
  const same = sums.length === 0 ? 'nobody to compare' : sums.every(Boolean) ? 'yes' : 'NO'
  const columns = [segchain, cpp ?? undefined, python.igraph, python.networkx, python.networkxEcmp].map(show).join('')
  const times = (slow, fast) => (slow && fast ? `${(slow.seconds / fast.seconds).toFixed(1)}x` : '-')
  const ratios = [
    times(python.networkx, segchain).padStart(17),
    // The like for like: both have the equal-cost graph.
    times(python.networkxEcmp, segchain).padStart(20),
    times(python.networkx, cpp).padStart(14),
  ].join('')
  console.log(
    `${name.padEnd(30)}${String(made.nodes).padStart(5)}${String(made.edges.length).padStart(7)} ${columns}   ${ratios}   ${same}`,
  )
}

rmSync(work, { recursive: true })
await import('./tilfa.mjs')
