// One size in a process of its own, so that its memory is its own: prints one line of JSON.
import { Compilation, emptyLock, parseIntents } from '../../packages/sr-compiler/dist/src/index.js'
import { intentsOf, topologyOf } from './network.mjs'

const CHANGES = 29
const [size, chains] = process.argv.slice(2).map(Number)
const topology = topologyOf(size)
const text = intentsOf(size, chains)
const timed = (work) => {
  const [begin, before] = [performance.now(), process.cpuUsage()]
  const result = work()
  const { user, system } = process.cpuUsage(before)
  return [performance.now() - begin, result, (user + system) / 1000]
}

const [parse, { intents, errors }] = timed(() => parseIntents([{ file: 'intents.yaml', text }]))
if (errors.length > 0) throw errors[0]
const input = { intents, lock: emptyLock, topology, mayAllocate: true, unreachable: 'error', failover: 'off' }
const compilation = new Compilation()
const [cold, result, coldCpu] = timed(() => compilation.compile(input))
if (result.plan === undefined) throw result.errors[0]
const { plan } = result

/** One link after another becomes dearer, and stays so; the middle of them counts. */
function afterChanges(compilation, first, settings) {
  let { links } = topology
  let before = first
  const changes = Array.from({ length: CHANGES }, (_, i) => {
    const at = Math.floor(((i + 1) * links.length) / (CHANGES + 1))
    links = links.map((link, j) => (j === at ? { ...link, igpMetric: link.igpMetric + 1000 } : link))
    const next = { ...settings, lock: before.lock, topology: { ...topology, links } }
    const [ms, { plan: after }, cpu] = timed(() => compilation.compile(next))
    const known = new Set(before.elements.map((element) => JSON.stringify(element)))
    const touched = after.elements.filter((element) => !known.has(JSON.stringify(element))).length
    before = after
    return { ms, cpu, touched, chosen: compilation.chosen }
  })
  return (field) => changes.map((change) => change[field]).sort((a, b) => a - b)[CHANGES >> 1]
}

const middle = afterChanges(compilation, plan, input)
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024)
// The same with every single failure of every chain tried.
const proving = new Compilation()
const proofs = { ...input, failover: 'warn' }
const [provedMs, proved, provedCpu] = timed(() => proving.compile(proofs))
const provedMiddle = afterChanges(proving, proved.plan, proofs)
console.log(
  JSON.stringify({
    size,
    links: topology.links.length,
    chains,
    elements: plan.elements.length,
    parseMs: Math.round(parse),
    coldMs: Math.round(cold),
    coldCpuMs: Math.round(coldCpu),
    afterChangeMs: Math.round(middle('ms')),
    afterChangeCpuMs: Math.round(middle('cpu')),
    touched: middle('touched'),
    chosen: middle('chosen'),
    megabytes,
    failures: proved.plan.failovers.reduce((sum, { cases }) => sum + cases.length, 0),
    provedMs: Math.round(provedMs),
    provedCpuMs: Math.round(provedCpu),
    provedAfterChangeMs: Math.round(provedMiddle('ms')),
    provedAfterChangeCpuMs: Math.round(provedMiddle('cpu')),
    provedMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
)
