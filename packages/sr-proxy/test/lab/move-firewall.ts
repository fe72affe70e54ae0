import { firewallLab, LABEL, MAC } from './firewall-lab.js'
import { Stream } from './stream.js'

export interface MoveFigures {
  readonly packets: number
  readonly arrived: number
  readonly twice: number
  readonly throughA: number
  readonly throughB: number
  readonly p50BeforeUs: number
  readonly p99BeforeUs: number
  readonly p50AfterUs: number
  readonly p99AfterUs: number
  readonly durationMs: number
}

/**
 * A firewall moves from host A to host B under a steady stream: A's service table first names the firewall beside
 * it, then the one of B, and A's is taken out. The packets that are inside A's firewall then come back all the same.
 */
export async function moveFirewall(packets: number): Promise<MoveFigures> {
  const { lab, startA, startB } = await firewallLab()
  try {
    const [a] = await Promise.all([startA(), startB()])
    const labels = [{ label: LABEL.firewallA, action: 'service', service: 'net/firewall' }] as const
    const instances = { a: { name: 'a', vnf: 'fwa' }, b: { name: 'b', nextHop: 'b', stack: [LABEL.firewallB] } }
    const at = (which: 'a' | 'b') => ({
      labels: [...labels],
      services: [{ service: 'net/firewall', action: 'forward' as const, instances: [instances[which]] }],
    })
    await a.client.putTables('plan', at('a'))
    const stream = await Stream.open(lab, {
      from: { space: 'src', interface: 'src0', mac: MAC.source, to: MAC.sourceFar },
      at: { space: 'dst', interface: 'dst0' },
      labels: [LABEL.firewallA, LABEL.out],
      flows: 1000,
    })
    const started = performance.now()
    await stream.send(Math.floor(packets / 2))
    const [rest] = await Promise.all([stream.send(Math.floor(packets / 4)), a.client.putTables('plan', at('b'))])
    await stream.phase(1)
    if (rest) await stream.send(packets - stream.sent)
    const { arrived, twice, sent } = await stream.received()
    return {
      packets: sent,
      arrived,
      twice,
      throughA: forwarded(lab.exec('fwa', 'nft -j list ruleset')),
      throughB: forwarded(lab.exec('fwb', 'nft -j list ruleset')),
      p50BeforeUs: await stream.latencyUs(0, 0.5),
      p99BeforeUs: await stream.latencyUs(0, 0.99),
      p50AfterUs: await stream.latencyUs(1, 0.5),
      p99AfterUs: await stream.latencyUs(1, 0.99),
      durationMs: Math.round(performance.now() - started),
    }
  } finally {
    await lab.close()
  }
}

/** Packets that the first counter of a ruleset has counted. */
export function forwarded(ruleset: string): number {
  return Number(/"counter": *\{"packets": *(\d+)/.exec(ruleset)?.[1] ?? 0)
}
