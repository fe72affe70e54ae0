import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type {
  ChangeRecord,
  DeviceResultRecord,
  NodeRecord,
  PlanElement,
  SrPolicyElement,
  TopologyRecord,
} from '@segchain/records'
import { type Lab, startLab } from './lab.js'
import { learnTopology } from './learn-topology.js'
import { expectExit, runTool, type Tools } from './run-tool.js'
import { showChains } from './show/chains.js'
import { showChanges } from './show/changes.js'
import { showTopology } from './show/topology.js'
import { createTerminal, type Terminal } from './terminal.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
const CAPTURE = 'packages/bgpls-collector/test/fixtures/frr-captures/bgpls-frr10.7.1-isis.pcap'
const INTENTS = 'examples/cloud-gaming'
/** Names of the affinity bits in examples/cloud-gaming/network.yaml. */
const AFFINITIES = new Map([
  [0, 'red'],
  [1, 'blue'],
])
const CHANGES_SHOWN = 4

async function main(): Promise<void> {
  const colour = process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === ''
  const terminal = createTerminal((text) => process.stdout.write(text), colour)
  const tools: Tools = { root }
  const started = performance.now()

  terminal.heading('Topology', 'a recorded session of FRR 10.7.1, replayed over a real BGP session on loopback')
  const topology = await learnTopology(tools, join(root, CAPTURE))
  const records = topology.records as readonly TopologyRecord[]
  showTopology(terminal, records, AFFINITIES)
  const names = new Map(
    records
      .filter((record): record is NodeRecord => record.kind === 'node')
      .map((node) => [node.id, node.name ?? node.id]),
  )

  terminal.heading('Chains', `what ${INTENTS} asks for, as label stacks; each label says why it is there`)
  const plan = await runTool(tools, 'segchain.plan/1', 'sr-compiler', ['compile', join(root, INTENTS)], topology.stream)
  expectExit('sr-compiler compile', plan, 0)
  const elements = plan.records as readonly PlanElement[]
  showChains(
    terminal,
    elements.filter((element): element is SrPolicyElement => element.kind === 'sr-policy'),
    names,
  )

  const routers = [...new Set(elements.filter(isForRouters).map((element) => element.device))].sort()
  const lab = await startLab(routers)
  try {
    await applyAndProve(terminal, tools, lab, plan.stream)
  } finally {
    await lab.stop()
  }

  terminal.heading('The same as one pipeline', 'to be pasted in the root of the repository')
  for (const line of pipeline()) terminal.line(`   ${line}`)
  terminal.line()
  terminal.line(terminal.paint('dim', `   ${((performance.now() - started) / 1000).toFixed(1)} s`))
}

/** What netconf-push configures; the rest of a plan is for other tools. */
function isForRouters(element: PlanElement): boolean {
  return (
    element.kind === 'segment-routing' ||
    element.kind === 'loopback' ||
    element.kind === 'prefix-sid' ||
    element.kind === 'flex-algo'
  )
}

async function applyAndProve(terminal: Terminal, tools: Tools, lab: Lab, plan: string): Promise<void> {
  const options = ['--devices', lab.devices, '--known-hosts', lab.knownHosts, '--unsupported', 'skip']
  terminal.heading('Difference', 'what the devices have against what the plan wants; nothing is written yet')
  for (const [name, program] of lab.played) terminal.line(terminal.paint('dim', `   ${name}: ${program}`))
  terminal.line()
  const before = await runTool(tools, 'segchain.result/1', 'netconf-push', ['diff', ...options], plan)
  expectExit('netconf-push diff', before, 1)
  const changes = before.records.filter((record): record is ChangeRecord => record.kind === 'change')
  showChanges(terminal, changes, CHANGES_SHOWN)

  terminal.heading(
    'Applied, and read back',
    'lock, edit, validate, commit; then the running configuration is read again',
  )
  const applied = await runTool(tools, 'segchain.result/1', 'netconf-push', ['apply', ...options], plan)
  expectExit('netconf-push apply', applied, 0)
  const results = applied.records.filter((record): record is DeviceResultRecord => record.kind === 'device-result')
  for (const record of results.sort((a, b) => (a.device < b.device ? -1 : 1))) {
    const proof = record.verified === true ? 'running has what the plan wants' : 'not verified'
    terminal.line(
      `   ${terminal.paint('green', '✓')} ${record.device}  ${record.status}, ${record.changes} changes, ${proof}`,
    )
  }
  const after = await runTool(tools, 'segchain.result/1', 'netconf-push', ['diff', ...options], plan)
  expectExit('netconf-push diff', after, 0)
  terminal.line(`   ${terminal.paint('green', '✓')} a second diff, on new sessions, finds no difference`)
}

function pipeline(): string[] {
  const bin = relative(root, join(root, 'node_modules/.bin'))
  return [
    `${bin}/bgpls-collector decode ${CAPTURE} \\`,
    `  | ${bin}/sr-compiler compile ${INTENTS} \\`,
    `  | jq -r 'select(.kind == "sr-policy") | .candidatePaths[].segmentLists[].segments[] | "\\(.label)  \\(.reason)"'`,
  ]
}

await main().catch((error: unknown) => {
  process.stderr.write(`the demo failed: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
