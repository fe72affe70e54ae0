import { Lab, type RunningDaemon } from './lab.js'

/**
 * Two hosts with a proxy and a firewall (nftables) each, between a source and a sink:
 *
 *     source ── a ══════════ b ── sink
 *               ╟ fwa        ╟ fwb
 *
 * `a` and `b` are joined, and both reach the sink's network by `b`.
 */
export interface FirewallLab {
  readonly lab: Lab
  /** @param more of the configuration */
  readonly startA: (more?: object) => Promise<RunningDaemon>
  /** The same, without waiting for it. */
  readonly launchA: (more?: object) => RunningDaemon
  readonly startB: () => Promise<RunningDaemon>
}

export const MAC = {
  source: '02:00:00:00:00:01',
  sourceFar: '02:00:00:00:00:02',
  ab: '02:00:00:00:00:03',
  ba: '02:00:00:00:00:04',
  sinkNear: '02:00:00:00:00:05',
  sink: '02:00:00:00:00:06',
} as const

/** Labels: the firewall as a service of each host, the host b, the way out to the sink. */
export const LABEL = { firewallA: 16100, firewallB: 16200, out: 16900 } as const

/** @param rules of nftables for the firewall of a (0) and of b (1), before it accepts */
export async function firewallLab(rules: (number: number) => string = () => ''): Promise<FirewallLab> {
  const lab = new Lab()
  try {
    for (const space of ['src', 'a', 'b', 'fwa', 'fwb', 'dst']) lab.space(space)
    lab.link(
      { space: 'src', interface: 'src0', mac: MAC.source },
      { space: 'a', interface: 'net0', mac: MAC.sourceFar },
    )
    lab.link({ space: 'a', interface: 'ab', mac: MAC.ab }, { space: 'b', interface: 'ba', mac: MAC.ba })
    lab.link({ space: 'b', interface: 'net0', mac: MAC.sinkNear }, { space: 'dst', interface: 'dst0', mac: MAC.sink })
    await attachFirewall(lab, 'a', 'fwa', rules(0))
    await attachFirewall(lab, 'b', 'fwb', rules(1))
    await lab.prepare('src', 'src0')
    const firewall = (name: string) => ({ interface: `${name}i`, return: `${name}o`, mac: macOf(name) })
    const configA = {
      network: ['net0', 'ab'],
      tables: {
        nextHops: { b: { interface: 'ab', mac: MAC.ba } },
        attachments: { fwa: firewall('fwa') },
        labels: [{ label: LABEL.out, action: 'forward', nextHop: 'b', out: 'keep' }],
      },
    }
    return {
      lab,
      startA: (more = {}) => lab.daemon('a', { ...more, ...configA }),
      launchA: (more = {}) => lab.launch('a', { ...more, ...configA }),
      startB: () =>
        lab.daemon('b', {
          network: ['ba', 'net0'],
          tables: {
            nextHops: { sink: { interface: 'net0', mac: MAC.sink } },
            attachments: { fwb: firewall('fwb') },
            labels: [
              { label: LABEL.out, action: 'forward', nextHop: 'sink', out: 'keep' },
              { label: LABEL.firewallB, action: 'dynamic', vnf: 'fwb' },
            ],
          },
        }),
    }
  } catch (error) {
    await lab.close()
    throw error
  }
}

export function macOf(firewall: string): string {
  return `02:00:00:01:00:${firewall.charCodeAt(firewall.length - 1).toString(16)}`
}

/** A router with nftables between two veths: in by `<name>i`, out by `<name>o` of the host. */
export async function attachFirewall(lab: Lab, host: string, name: string, rules = ''): Promise<void> {
  const out = `02:00:00:02:00:${name.charCodeAt(name.length - 1).toString(16)}`
  const gateway = `02:00:00:03:00:${name.charCodeAt(name.length - 1).toString(16)}`
  lab.link(
    { space: host, interface: `${name}i`, mac: '02:00:00:04:00:01' },
    { space: name, interface: 'in0', mac: macOf(name), address: '192.0.2.1/30' },
  )
  lab.link(
    { space: host, interface: `${name}o`, mac: gateway },
    { space: name, interface: 'out0', mac: out, address: '192.0.2.5/30' },
  )
  lab.exec(name, `ip neigh add 192.0.2.6 lladdr ${gateway} dev out0 nud permanent`)
  lab.exec(name, 'ip route add default via 192.0.2.6 dev out0')
  lab.exec(
    name,
    'nft -f -',
    `table inet firewall { chain forward { type filter hook forward priority 0; policy drop; ${rules} counter accept; }\n}`,
  )
  await lab.prepare(name, 'in0', 'out0')
}
