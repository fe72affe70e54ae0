import type { Hop, SegmentList, SrPolicyElement } from '@segchain/records'
import type { Terminal } from '../terminal.js'

/** Each policy: its stack with the reason of every label, then the way of a packet, hop by hop. */
export function showChains(
  terminal: Terminal,
  policies: readonly SrPolicyElement[],
  names: ReadonlyMap<string, string>,
): void {
  for (const policy of policies) {
    terminal.line(
      `   ${terminal.paint('bold', policy.chain)}  ${names.get(policy.headend) ?? policy.headend} → ${policy.endpoint}, color ${policy.color}`,
    )
    terminal.line(`   ${policy.services.join(' → ')}`)
    for (const list of policy.candidatePaths.flatMap((path) => path.segmentLists)) {
      terminal.line()
      showStack(terminal, list)
      terminal.line()
      showHops(terminal, list, names)
    }
    if (policy.rejected.length > 0) {
      terminal.line()
      terminal.line('   Looked at and not taken')
      for (const { what, why } of policy.rejected) terminal.line(`     ${what}: ${terminal.paint('dim', why)}`)
    }
  }
}

function showStack(terminal: Terminal, list: SegmentList): void {
  terminal.line('   Label stack, top first')
  for (const segment of list.segments) {
    terminal.line(
      `     ${terminal.paint('cyan', String(segment.label))}  ${segment.type.padEnd(13)}  ${segment.reason}`,
    )
  }
}

/** Branches of equal cost stand below each other, with the same number. */
function showHops(terminal: Terminal, list: SegmentList, names: ReadonlyMap<string, string>): void {
  terminal.line('   Hop by hop; the same number: equal-cost branches, all of them used')
  const widest = Math.max(...list.hops.map((hop) => hop.labels.join(' ').length), 0)
  let last = -1
  for (const hop of list.hops) {
    const number = hop.position === last ? '' : String(hop.position)
    last = hop.position
    const name = hop.name ?? names.get(hop.node) ?? hop.node
    const labels = hop.labels.length === 0 ? 'IP' : hop.labels.join(' ')
    terminal.line(
      `     ${number.padStart(2)}  ${terminal.paint('bold', name.padEnd(3))} ${terminal.paint('cyan', labels.padEnd(widest))}  ${actionText(hop, list)}`,
    )
  }
}

/** At a service, which one: the segment whose label is on top. */
function actionText(hop: Hop, list: SegmentList): string {
  if (hop.action !== 'service') return hop.action
  const service = list.segments.find(({ label }) => label === hop.labels[0])?.service
  return service === undefined ? hop.action : `service ${service}`
}
