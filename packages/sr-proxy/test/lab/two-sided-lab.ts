import { readFileSync } from 'node:fs'
import { Kernel } from '../../src/bpf/kernel.js'
import { loadObject } from '../../src/bpf/load.js'
import { parseObject } from '../../src/bpf/object.js'
import { macBytes, Struct, u32 } from '../../src/layout/struct.js'
import { Lab } from './lab.js'

const OBJECT = new URL('../../../test/fixtures/stream/stream.bpf.o', import.meta.url)

/**
 * A client and a server with a headend each, and a proxy between them:
 *
 *     client ── left ── proxy ── right ── server
 *                        ╟ VNFs
 *
 * The headends put label stacks on (XDP, because this kernel may have no MPLS); the proxy sends what has used up
 * its stack on as IP.
 */
export const SIDE = {
  client: { mac: '02:0c:00:00:00:01', address: '10.1.0.2', network: '10.1.0.0/24' },
  leftOuter: { mac: '02:0c:00:00:00:02', address: '10.1.0.1' },
  leftInner: { mac: '02:0c:00:00:00:03' },
  proxyLeft: { mac: '02:0c:00:00:00:04' },
  proxyRight: { mac: '02:0c:00:00:00:05' },
  rightInner: { mac: '02:0c:00:00:00:06' },
  rightOuter: { mac: '02:0c:00:00:00:07', address: '10.2.0.1' },
  server: { mac: '02:0c:00:00:00:08', address: '10.2.0.2', network: '10.2.0.0/24' },
} as const

/** Labels of the ways out of the proxy. */
export const OUT = { toServer: 16902, toClient: 16901 } as const

export interface Chains {
  /** Labels from the client, from the server; top first. */
  readonly forward: readonly number[]
  readonly backward: readonly number[]
}

export async function twoSidedLab(): Promise<Lab> {
  const lab = new Lab()
  for (const space of ['client', 'left', 'proxy', 'right', 'server']) lab.space(space)
  const end = (space: string, name: string, side: { mac: string; address?: string }) => ({
    space,
    interface: name,
    mac: side.mac,
    ...(side.address === undefined ? {} : { address: `${side.address}/24` }),
  })
  lab.link(end('client', 'eth0', SIDE.client), end('left', 'outer', SIDE.leftOuter))
  lab.link(end('left', 'inner', SIDE.leftInner), end('proxy', 'left', SIDE.proxyLeft))
  lab.link(end('proxy', 'right', SIDE.proxyRight), end('right', 'inner', SIDE.rightInner))
  lab.link(end('right', 'outer', SIDE.rightOuter), end('server', 'eth0', SIDE.server))
  for (const space of ['left', 'right']) lab.exec(space, 'ip link set inner mtu 1600')
  for (const name of ['left', 'right']) lab.exec('proxy', `ip link set ${name} mtu 1600`)
  for (const [space, gateway] of [
    ['client', SIDE.leftOuter],
    ['server', SIDE.rightOuter],
  ] as const) {
    lab.exec(
      space,
      `ip route add default via ${gateway.address}; ip neigh add ${gateway.address} lladdr ${gateway.mac} dev eth0 nud permanent`,
    )
  }
  lab.exec('left', `ip neigh add ${SIDE.client.address} lladdr ${SIDE.client.mac} dev outer nud permanent`)
  lab.exec('right', `ip neigh add ${SIDE.server.address} lladdr ${SIDE.server.mac} dev outer nud permanent`)
  await lab.prepare('client', 'eth0')
  await lab.prepare('server', 'eth0')
  await lab.prepare('left', 'outer', 'inner')
  await lab.prepare('right', 'outer', 'inner')
  return lab
}

/** What every configuration of the proxy has: the ways out. */
export const WAYS_OUT = {
  nextHops: {
    server: { interface: 'right', mac: SIDE.rightInner.mac },
    client: { interface: 'left', mac: SIDE.leftInner.mac },
  },
  labels: [
    { label: OUT.toServer, action: 'forward', nextHop: 'server', out: 'pop' },
    { label: OUT.toClient, action: 'forward', nextHop: 'client', out: 'pop' },
  ],
} as const

/** Steers everything from the client, and everything from the server, into a chain. @returns how to choose another */
export async function steer(lab: Lab, chains: Chains): Promise<(chains: Chains) => Promise<void>> {
  const object = parseObject(readFileSync(OBJECT))
  const headend = async (space: string, to: { readonly mac: string }, from: { readonly mac: string }) => {
    const kernel = new Kernel(await lab.helper(space))
    const loaded = await loadObject(kernel, object)
    const index = (name: string): number => Number(lab.exec(space, `cat /sys/class/net/${name}/ifindex`))
    const out = index('inner')
    const key = u32(index('outer'))
    const set = async (labels: readonly number[]): Promise<void> => {
      const entry = new Struct(52).u32(out).u32(labels.length).bytes(macBytes(to.mac)).bytes(macBytes(from.mac))
      for (let at = 0; at < 8; at++) entry.u32(labels[at] ?? 0)
      await loaded.tables.get('steering')?.set(key, entry.end())
    }
    await kernel.linkXdp(loaded.programs.get('headend') ?? -1, index('outer'), 'native')
    return set
  }
  const left = await headend('left', SIDE.proxyLeft, SIDE.leftInner)
  const right = await headend('right', SIDE.proxyRight, SIDE.rightInner)
  const choose = async ({ forward, backward }: Chains): Promise<void> => {
    await left(forward)
    await right(backward)
  }
  await choose(chains)
  return choose
}

/** A router between two veths of the proxy: in by `<name>i`, out by `<name>o`. Traffic may go both ways through it. */
export async function attachRouter(
  lab: Lab,
  name: string,
  ruleset: string,
): Promise<{ readonly forward: object; readonly backward: object }> {
  const number = name.charCodeAt(name.length - 1).toString(16)
  const mac = (side: number): string => `02:0d:00:00:${number}:0${side}`
  lab.space(name)
  lab.link(
    { space: 'proxy', interface: `${name}i`, mac: mac(1) },
    { space: name, interface: 'in0', mac: mac(2), address: '192.0.2.1/30' },
  )
  lab.link(
    { space: 'proxy', interface: `${name}o`, mac: mac(4) },
    { space: name, interface: 'out0', mac: mac(3), address: '192.0.2.5/30' },
  )
  lab.exec(
    name,
    `ip neigh add 192.0.2.2 lladdr ${mac(1)} dev in0 nud permanent; ip neigh add 192.0.2.6 lladdr ${mac(4)} dev out0 nud permanent`,
  )
  lab.exec(
    name,
    `ip route add default via 192.0.2.6 dev out0; ip route add ${SIDE.client.network} via 192.0.2.2 dev in0`,
  )
  lab.exec(name, 'nft -f -', ruleset)
  await lab.prepare(name, 'in0', 'out0')
  return {
    forward: { interface: `${name}i`, return: `${name}o`, mac: mac(2) },
    backward: { interface: `${name}o`, return: `${name}i`, mac: mac(3) },
  }
}
