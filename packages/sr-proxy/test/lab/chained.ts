import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { firewallLab, LABEL, MAC } from './firewall-lab.js'
import { STREAM_PACKETS, Stream } from './stream.js'

/** The proxies of both hosts, the firewall of a in the chain, and a stream through it. */
export async function chainedThroughA(t: TestContext, flows: number, sizes?: { readonly sessions: number }) {
  const { lab, startA, launchA, startB } = await firewallLab()
  t.after(() => lab.close())
  const [first] = await Promise.all([startA(sizes === undefined ? {} : { sizes }), startB()])
  await first.client.putTables('plan', { labels: [{ label: LABEL.firewallA, action: 'dynamic', vnf: 'fwa' }] })
  const stream = await Stream.open(lab, {
    from: { space: 'src', interface: 'src0', mac: MAC.source, to: MAC.sourceFar },
    at: { space: 'dst', interface: 'dst0' },
    labels: [LABEL.firewallA, LABEL.out],
    flows,
  })
  return { lab, startA, launchA, first, stream }
}

/** Packets in small bursts until the function is called that it returns, which tells whether all of them arrived. */
export function keepSending(t: TestContext, stream: Stream): () => Promise<boolean> {
  let over = false
  t.after(() => {
    over = true
  })
  const sending = (async () => {
    while (!over) {
      if (!(await stream.send(2000))) return false
      // The sink knows the numbers of so many packets apart; a slow machine gets there with fewer a second.
      await sleep(stream.sent < STREAM_PACKETS * 0.7 ? 5 : 500)
    }
    return true
  })()
  return () => {
    over = true
    return sending
  }
}
