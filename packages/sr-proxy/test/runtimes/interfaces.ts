import type { Host } from '../../src/tables/image.js'

/** The interfaces that the cases are about; the kernel's tests make them, in a network namespace. */
export const interfaces = [
  { name: 'net0', index: 101, mac: '02:00:00:00:00:02' },
  { name: 'net1', index: 102, mac: '02:00:00:00:01:02' },
  { name: 'vnf0', index: 111, mac: '02:00:00:00:10:02' },
  { name: 'vnf1', index: 112, mac: '02:00:00:00:11:02' },
  { name: 'vnf2', index: 113, mac: '02:00:00:00:12:02' },
  { name: 'mon0', index: 121, mac: '02:00:00:00:20:02' },
] as const

export type InterfaceName = (typeof interfaces)[number]['name']

export const host: Host = new Map(interfaces.map(({ name, index, mac }) => [name, { index, mac, mtu: 1500 }]))

export function indexOf(name: InterfaceName): number {
  return host.get(name)?.index ?? 0
}

export function nameOf(index: number): InterfaceName | undefined {
  return interfaces.find((one) => one.index === index)?.name
}
