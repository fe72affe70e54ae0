import { firewallLab, LABEL, MAC } from './firewall-lab.js'
import { Stream } from './stream.js'

export interface UpdateFigures {
  /** Labels in the table while it was written. */
  readonly labels: number
  /** Whole tables that came into force per second, one after the other, and the entries in them. */
  readonly tablesPerSecond: number
  readonly entriesPerSecond: number
  /** Single labels changed, one request after the other. */
  readonly singleChangesPerSecond: number
  readonly packets: number
  readonly arrived: number
  readonly twice: number
  readonly packetsPerSecond: number
}

/** Writes tables as fast as it goes while packets are forwarded through a VNF. */
export async function updatesUnderLoad(labels: number, seconds: number): Promise<UpdateFigures> {
  const { lab, startA, startB } = await firewallLab()
  try {
    const [a] = await Promise.all([startA(), startB()])
    const table = (out: number) => [
      { label: LABEL.firewallA, action: 'dynamic' as const, vnf: 'fwa' },
      ...Array.from({ length: labels }, (_, index) => ({
        label: 100_000 + index,
        action: 'forward' as const,
        nextHop: 'b',
        out: 200_000 + ((index + out) % 100_000),
      })),
    ]
    await a.client.putTables('plan', { labels: table(0) })
    const stream = await Stream.open(lab, {
      from: { space: 'src', interface: 'src0', mac: MAC.source, to: MAC.sourceFar },
      at: { space: 'dst', interface: 'dst0' },
      labels: [LABEL.firewallA, LABEL.out],
      flows: 1000,
    })
    let over = false
    const started = performance.now()
    const sending = (async () => {
      while (!over) if (!(await stream.send(50_000))) return
    })()
    const rate = async (change: (turn: number) => Promise<unknown>): Promise<number> => {
      const begin = performance.now()
      let turns = 0
      while (performance.now() - begin < seconds * 1000) await change(++turns)
      return turns / ((performance.now() - begin) / 1000)
    }
    const tables = await rate((turn) => a.client.putTables('plan', { labels: table(turn) }))
    const small = [{ label: LABEL.firewallA, action: 'dynamic' as const, vnf: 'fwa' }]
    await a.client.putTables('plan', { labels: small })
    const single = await rate((turn) =>
      a.client.putTables('plan', {
        labels: [...small, { label: 100_000, action: 'forward', nextHop: 'b', out: 200_000 + (turn % 2) }],
      }),
    )
    over = true
    await sending
    const { sent, arrived, twice } = await stream.received()
    return {
      labels,
      tablesPerSecond: Math.round(tables * 10) / 10,
      entriesPerSecond: Math.round(tables * labels),
      singleChangesPerSecond: Math.round(single),
      packets: sent,
      arrived,
      twice,
      packetsPerSecond: Math.round(sent / ((performance.now() - started) / 1000)),
    }
  } finally {
    await lab.close()
  }
}
