import type { ProxyCounterRecord } from '@segchain/records'
import type { ProxyClient } from '../../src/api/client.js'
import { collect } from '../collect.js'
import { download, serveFile } from './transfer.js'
import { attachRouter, OUT, steer, twoSidedLab, WAYS_OUT } from './two-sided-lab.js'

const NAT =
  'table ip n {\n chain post {\n type nat hook postrouting priority 100\n oifname "out0" counter masquerade\n }\n}'
const NO_PORT_80 =
  'table inet f {\n chain forward {\n type filter hook forward priority 0\n tcp dport 80 counter drop\n }\n}'
const LABEL = { nat: 16101, natBack: 16111, second: 16102, secondBack: 16112 } as const

/** What a download was: the file as the server has it, or what else came of it. */
export type Download = 'byte-identical' | string

export interface SecondFirewallFigures {
  readonly bytes: number
  /** Through the NAT alone. */
  readonly port80Before: Download
  readonly port443Before: Download
  /** With the second firewall in the chain. */
  readonly port80After: Download
  readonly port443After: Download
  readonly connectionsThroughNat: number
  readonly packetsDropped: number
  /** Counters of the proxy that are not zero. */
  readonly counters: string
}

/** Downloads through nftables with NAT; then a second firewall, that drops TCP port 80, is chained in while all of it runs. */
export async function secondFirewall(bytes: number): Promise<SecondFirewallFigures> {
  const lab = await twoSidedLab()
  try {
    const nat = await attachRouter(lab, 'nat1', NAT)
    const daemon = await lab.daemon('proxy', {
      network: ['left', 'right'],
      tables: {
        nextHops: WAYS_OUT.nextHops,
        attachments: { nat: { ...nat.forward, rewrites: true }, natBack: { ...nat.backward, rewrites: true } },
        labels: [
          ...WAYS_OUT.labels,
          { label: LABEL.nat, action: 'dynamic', vnf: 'nat' },
          { label: LABEL.natBack, action: 'dynamic', vnf: 'natBack' },
        ],
      },
    })
    const choose = await steer(lab, { forward: [LABEL.nat, OUT.toServer], backward: [LABEL.natBack, OUT.toClient] })
    const hash = await serveFile(lab, bytes, [80, 443])
    const told = async (port: number, patienceMs?: number): Promise<Download> => {
      const got = await download(lab, port, patienceMs)
      return got === hash ? 'byte-identical' : got
    }
    const port443Before = await told(443)
    const port80Before = await told(80)
    // Its interfaces, its attachment, its label, the chain.
    const second = await attachRouter(lab, 'fw2', NO_PORT_80)
    await daemon.client.putTables('plan', {
      attachments: { second: asAttachment(second.forward), secondBack: asAttachment(second.backward) },
      labels: [
        { label: LABEL.second, action: 'dynamic', vnf: 'second' },
        { label: LABEL.secondBack, action: 'dynamic', vnf: 'secondBack' },
      ],
    })
    await choose({
      forward: [LABEL.second, LABEL.nat, OUT.toServer],
      backward: [LABEL.natBack, LABEL.secondBack, OUT.toClient],
    })
    const port80After = await told(80, 3000)
    const port443After = await told(443)
    const counted = (space: string): number =>
      Number(/counter packets (\d+)/.exec(lab.exec(space, 'nft list ruleset'))?.[1] ?? 0)
    return {
      bytes,
      port80Before,
      port443Before,
      port80After,
      port443After,
      connectionsThroughNat: counted('nat1'),
      packetsDropped: counted('fw2'),
      counters: JSON.stringify(await interesting(daemon.client)),
    }
  } finally {
    await lab.close()
  }
}

function asAttachment(value: object): { interface: string; mac: string } {
  return value as { interface: string; mac: string }
}

/** Counters that are not zero. */
export async function interesting(client: ProxyClient): Promise<ProxyCounterRecord[]> {
  return ((await collect(client.lines('stats'))) as ProxyCounterRecord[]).filter(({ packets }) => packets !== '0')
}
