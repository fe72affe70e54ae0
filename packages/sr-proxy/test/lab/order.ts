import { attachFirewall, firewallLab, LABEL, MAC, macOf } from './firewall-lab.js'
import { type Received, Stream } from './stream.js'

/** Labels of the three VNFs: the first on host a, the others on host b. */
const CHAIN = [16101, 16201, 16202, LABEL.out] as const

export interface OrderFigures extends Omit<Received, 'byDscp'> {
  /** Packets that went through all three VNFs in the order of the chain. */
  readonly inOrder: number
  readonly p50Us: number
  readonly p99Us: number
}

/**
 * Two proxies in two data centres, three VNFs. Each VNF is nftables with a rule that lets only those packets through
 * that the one before it has marked (DSCP 0 → 1 → 2 → 3): what arrives with 3 went through all, in this order.
 */
export async function threeVnfs(packets: number): Promise<OrderFigures> {
  const { lab, startA, startB } = await firewallLab(
    (number) => `ip dscp != ${number} counter drop; ip dscp set ${number + 1};`,
  )
  try {
    lab.space('fwc')
    await attachFirewall(lab, 'b', 'fwc', 'ip dscp != 2 counter drop; ip dscp set 3;')
    const [a, b] = await Promise.all([startA(), startB()])
    await b.client.putTables('plan', {
      attachments: { fwc: { interface: 'fwci', return: 'fwco', mac: macOf('fwc') } },
      nextHops: { a: { interface: 'ba', mac: MAC.ab } },
      labels: [
        { label: CHAIN[1], action: 'dynamic', vnf: 'fwb' },
        { label: CHAIN[2], action: 'dynamic', vnf: 'fwc' },
      ],
    })
    await a.client.putTables('plan', {
      labels: [
        { label: CHAIN[0], action: 'dynamic', vnf: 'fwa' },
        { label: CHAIN[1], action: 'forward', nextHop: 'b', out: 'keep' },
      ],
    })
    const stream = await Stream.open(lab, {
      from: { space: 'src', interface: 'src0', mac: MAC.source, to: MAC.sourceFar },
      at: { space: 'dst', interface: 'dst0' },
      labels: CHAIN,
      flows: 1000,
    })
    await stream.send(packets)
    const { byDscp, ...received } = await stream.received()
    return {
      ...received,
      inOrder: byDscp.get(3) ?? 0,
      p50Us: await stream.latencyUs(0, 0.5),
      p99Us: await stream.latencyUs(0, 0.99),
    }
  } finally {
    await lab.close()
  }
}
