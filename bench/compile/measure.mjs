// One size in a process of its own, so that its memory is its own: prints one line of JSON.
import { compile, emptyLock, parseIntents } from '../../packages/sr-compiler/dist/src/index.js'
import { intentsOf, topologyOf } from './network.mjs'

const [size, chains] = process.argv.slice(2).map(Number)
const topology = topologyOf(size)
const text = intentsOf(size, chains)
const timed = (work) => {
  const begin = performance.now()
  const result = work()
  return [performance.now() - begin, result]
}

const [parse, { intents, errors }] = timed(() => parseIntents([{ file: 'intents.yaml', text }]))
if (errors.length > 0) throw errors[0]
const input = { intents, lock: emptyLock, topology, mayAllocate: true, unreachable: 'error' }
const [cold, result] = timed(() => compile(input))
if (result.plan === undefined) throw result.errors[0]
const { plan } = result
const [, first] = topology.links
const dearer = topology.links.map((link) => (link === first ? { ...link, igpMetric: link.igpMetric + 1000 } : link))
const [again] = timed(() => compile({ ...input, lock: plan.lock, topology: { ...topology, links: dearer } }))
console.log(
  JSON.stringify({
    size,
    links: topology.links.length,
    chains,
    elements: plan.elements.length,
    parseMs: Math.round(parse),
    coldMs: Math.round(cold),
    afterChangeMs: Math.round(again),
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
)
