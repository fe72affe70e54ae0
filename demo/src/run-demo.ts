import { join } from 'node:path'
import type {
  ChangeRecord,
  DeviceResultRecord,
  NodeRecord,
  PlanElement,
  SrPolicyElement,
  TopologyRecord,
} from '@segchain/records'
import { type Lab, routersOf, startLab } from './lab.js'
import { learnTopology } from './learn-topology.js'
import { CAPTURE, INTENTS, PIPELINE, root } from './pipeline.js'
import { proxiesAndPackets } from './proxies-and-packets.js'
import { expectExit, runTool, type Tools } from './run-tool.js'
import { showChains } from './show/chains.js'
import { showChanges, showReadBack } from './show/changes.js'
import { showTopology } from './show/topology.js'
import { createTerminal, type Terminal } from './terminal.js'

/** Names of the affinity bits in examples/cloud-gaming/network.yaml. */
const AFFINITIES = new Map([
  [0, 'red'],
  [1, 'blue'],
])
const CHANGES_SHOWN = 4

/** The main job from start to end, shown. */
export async function runDemo(signal: AbortSignal): Promise<void> {
  const colour = process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === ''
  const terminal = createTerminal((text) => process.stdout.write(text), colour, process.stdout.columns)
  const tools: Tools = { root, signal }
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

  const lab = await startLab(routersOf(elements))
  try {
    signal.throwIfAborted()
    await applyAndProve(terminal, tools, lab, plan)
    await proxiesAndPackets(terminal, tools, lab, { stream: plan.stream, elements, names })
  } finally {
    await lab.stop()
  }
  showPipeline(terminal, started)
}

async function applyAndProve(
  terminal: Terminal,
  tools: Tools,
  lab: Lab,
  plan: { readonly stream: string },
): Promise<void> {
  const reach = ['--devices', lab.devices, '--known-hosts', lab.knownHosts]
  const options = [...reach, '--unsupported', 'skip']
  // Of this lab alone: what an interrupted demo leaves unfinished goes with its devices.
  const journal = ['--journal', lab.journal]
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
  const applied = await runTool(
    tools,
    'segchain.result/1',
    'netconf-push',
    ['apply', ...options, ...journal],
    plan.stream,
  )
  expectExit('netconf-push apply', applied, 0)
  const running = await runTool(tools, 'segchain.result/1', 'netconf-push', ['get', ...reach])
  expectExit('netconf-push get', running, 0)
  const results = applied.records.filter((record): record is DeviceResultRecord => record.kind === 'device-result')
  for (const record of results.sort((a, b) => (a.device < b.device ? -1 : 1))) {
    const told = before.talk.includes(`warn: ${record.device}:`)
      ? 'what this device can be told'
      : 'what the plan wants'
    const proof = record.verified === true ? `running has ${told}` : 'not verified'
    terminal.line(
      `   ${terminal.paint('green', '✓')} ${record.device}  ${record.status}, ${record.changes} changes, ${proof}`,
    )
    const own = (run: typeof before): ChangeRecord[] =>
      run.records.filter((one): one is ChangeRecord => one.kind === 'change' && one.device === record.device)
    showReadBack(terminal, own(before), own(running))
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

function showPipeline(terminal: Terminal, started: number): void {
  terminal.heading('The same as one pipeline', 'to be pasted in the root of the repository')
  // At the margin: a here-document ends with a line that is nothing but its word.
  for (const line of [`npm run -s demo -- --shell <<'end'`, ...PIPELINE, 'end']) terminal.whole(line)
  terminal.line()
  const shell =
    '--shell starts a router that replays the session, and the devices; without input it is a shell among them'
  terminal.line(terminal.paint('dim', `   ${shell}`))
  terminal.line(terminal.paint('dim', `   ${((performance.now() - started) / 1000).toFixed(1)} s`))
}
