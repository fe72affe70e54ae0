import { dirname, join } from 'node:path'
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
const keep = process.argv.includes('--keep')

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
    await applyAndProve(terminal, tools, lab, plan)
    showPipeline(terminal, lab, started)
    if (keep) await untilInterrupted()
  } finally {
    await lab.stop()
  }
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

async function applyAndProve(
  terminal: Terminal,
  tools: Tools,
  lab: Lab,
  plan: { readonly stream: string },
): Promise<void> {
  const options = ['--devices', lab.devices, '--known-hosts', lab.knownHosts, '--unsupported', 'skip']
  terminal.heading('Difference', 'what the devices have against what the plan wants; nothing is written yet')
  for (const [name, program] of lab.played) terminal.line(terminal.paint('dim', `   ${name}: ${program}`))
  terminal.line()
  const before = await runTool(tools, 'segchain.result/1', 'netconf-push', ['diff', ...options], plan.stream)
  expectExit('netconf-push diff', before, 1)
  const changes = before.records.filter((record): record is ChangeRecord => record.kind === 'change')
  showChanges(terminal, changes, CHANGES_SHOWN)
  showLeftOut(terminal, before.talk)

  terminal.heading(
    'Applied, and read back',
    'lock, edit, validate, commit; then the running configuration is read again',
  )
  const applied = await runTool(tools, 'segchain.result/1', 'netconf-push', ['apply', ...options], plan.stream)
  expectExit('netconf-push apply', applied, 0)
  const results = applied.records.filter((record): record is DeviceResultRecord => record.kind === 'device-result')
  for (const record of results.sort((a, b) => (a.device < b.device ? -1 : 1))) {
    const told = before.talk.includes(`warn: ${record.device}:`)
      ? 'what this device can be told'
      : 'what the plan wants'
    const proof = record.verified === true ? `running has ${told}` : 'not verified'
    terminal.line(
      `   ${terminal.paint('green', '✓')} ${record.device}  ${record.status}, ${record.changes} changes, ${proof}`,
    )
  }
  const after = await runTool(tools, 'segchain.result/1', 'netconf-push', ['diff', ...options], plan.stream)
  expectExit('netconf-push diff', after, 0)
  terminal.line(`   ${terminal.paint('green', '✓')} a second diff, on new sessions, finds no difference`)
}

/** What netconf-push said that it leaves to others, or that a device cannot be told. */
function showLeftOut(terminal: Terminal, talk: string): void {
  const lines = talk.split('\n').filter((line) => line.startsWith('netconf-push:'))
  if (lines.length > 0) terminal.line()
  for (const line of lines) terminal.line(terminal.paint('dim', `   ${line}`))
}

function showPipeline(terminal: Terminal, lab: Lab, started: number): void {
  const last = keep
    ? `netconf-push apply --devices ${lab.devices} --known-hosts ${lab.knownHosts} --unsupported skip`
    : 'netconf-push apply --devices FOLDER'
  terminal.heading('The same as one pipeline', 'to be pasted in the root of the repository')
  terminal.line(`   node_modules/.bin/bgpls-collector decode ${CAPTURE} \\`)
  terminal.line(`     | node_modules/.bin/sr-compiler compile ${INTENTS} \\`)
  terminal.line(`     ${keep ? '' : '# '}| node_modules/.bin/${last}`)
  terminal.line()
  terminal.line(
    terminal.paint(
      'dim',
      keep
        ? '   the devices stay up until you press Ctrl-C: paste it in another terminal'
        : '   npm run demo -- --keep leaves the devices up, and prints the last line with their folder',
    ),
  )
  terminal.line(terminal.paint('dim', `   ${((performance.now() - started) / 1000).toFixed(1)} s`))
}

function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    const alive = setInterval(() => undefined, 60_000)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        clearInterval(alive)
        resolve()
      })
    }
  })
}

// A reader that has seen enough (| head) is no error; the devices must be ended all the same.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

await main().catch((error: unknown) => {
  process.stderr.write(`the demo failed: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
