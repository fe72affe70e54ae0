import type { Attachment, LabelEntry, NextHop } from '../../src/tables/schema.js'
import { ipFrame, type Label, mplsFrame } from '../packets/ethernet.js'
import { host, type InterfaceName } from '../runtimes/interfaces.js'

/** What most cases share: a firewall, an IDS, two neighbours. */
export const MAC = {
  vnf0: '02:00:00:00:a0:01',
  vnf1: '02:00:00:00:a1:01',
  vnf2: '02:00:00:00:a2:01',
  net0: '02:00:00:00:00:01',
  net1: '02:00:00:00:01:01',
  mon0: '02:00:00:00:20:01',
} as const

export const FIREWALL = 1001
export const IDS = 1002
export const NEXT = 2001

export const toFirewall: LabelEntry = { label: FIREWALL, action: 'dynamic', vnf: 'fw' }
export const onward: LabelEntry = { label: NEXT, action: 'forward', nextHop: 'east', out: 'keep' }

export interface World {
  readonly attachments: Record<string, Attachment>
  readonly nextHops: Record<string, NextHop>
  readonly labels: LabelEntry[]
}

export const world: World = {
  attachments: {
    fw: { interface: 'vnf0', mac: MAC.vnf0 },
    ids: { interface: 'vnf1', mac: MAC.vnf1 },
  },
  nextHops: {
    west: { interface: 'net0', mac: MAC.net0 },
    east: { interface: 'net1', mac: MAC.net1 },
  },
  labels: [toFirewall, { label: IDS, action: 'dynamic', vnf: 'ids' }, onward],
}

/** From the neighbour behind an interface, labelled. */
export function arriving(labels: readonly (Label | number)[], packet: Buffer, vlans: readonly number[] = []): Buffer {
  return mplsFrame(labels, packet, { to: host.get('net0')?.mac ?? '', from: MAC.net0, vlans })
}

/** As the proxy sends it out of an interface. */
export function leaving(
  by: InterfaceName,
  labels: readonly (Label | number)[],
  packet: Buffer,
  vlans: readonly number[] = [],
): Buffer {
  return mplsFrame(labels, packet, { to: MAC[by], from: host.get(by)?.mac ?? '', vlans })
}

/** As a VNF sends it back. */
export function returned(by: InterfaceName, packet: Buffer, vlans: readonly number[] = []): Buffer {
  return ipFrame(packet, { to: host.get(by)?.mac ?? '', from: MAC[by], vlans })
}
