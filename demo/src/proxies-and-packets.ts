import type { PlanElement, ProxyEntryElement, SrPolicyElement } from '@segchain/records'
import type { Lab } from './lab.js'
import { startProxies } from './proxies.js'
import { expectExit, runTool, type Tools } from './run-tool.js'
import { showPassage } from './show/passage.js'
import type { Terminal } from './terminal.js'
import { passThrough, visits } from './through-proxy.js'

/** The labels of the VNFs into the proxies, and a packet of the chain through what is in them then. */
export async function proxiesAndPackets(
  terminal: Terminal,
  tools: Tools,
  lab: Lab,
  plan: {
    readonly stream: string
    readonly elements: readonly PlanElement[]
    readonly names: ReadonlyMap<string, string>
  },
): Promise<void> {
  const entries = plan.elements.filter((element): element is ProxyEntryElement => element.kind === 'proxy-entry')
  const lists = plan.elements
    .filter((element): element is SrPolicyElement => element.kind === 'sr-policy')
    .flatMap(({ candidatePaths }) => candidatePaths.flatMap(({ segmentLists }) => segmentLists))
  terminal.heading(
    'VNFs',
    'the same plan into the SR proxies of their hosts; then a packet of the chain, by the data plane in WebAssembly',
  )
  const proxies = await startProxies(tools, lab.folder, entries)
  try {
    const push = (command: string) =>
      runTool(tools, 'segchain.result/1', 'proxy-push', [command, '--devices', proxies.devices], plan.stream)
    const applied = await push('apply')
    expectExit('proxy-push apply', applied, 0)
    expectExit('proxy-push verify', await push('verify'), 0)
    for (const record of applied.records) {
      if (record.kind !== 'device-result') continue
      terminal.line(
        `   ${terminal.paint('green', '✓')} ${record.device}  ${record.status}, ${record.changes} ${record.changes === 1 ? 'label' : 'labels'}, read back`,
      )
    }
    for (const list of lists) {
      for (const { device, hops } of visits(list, entries, (hop) => plan.names.get(hop.node) ?? hop.node)) {
        const proxy = proxies.byDevice.get(device)
        if (proxy === undefined) continue
        terminal.line()
        showPassage(terminal, await passThrough(tools, lab.folder, proxy, hops, entries))
      }
    }
    terminal.line()
    terminal.line(
      `   ${terminal.paint('green', '✓')} every VNF got the packet byte for byte, in the order of the chain`,
    )
  } finally {
    await proxies.stop()
  }
}
