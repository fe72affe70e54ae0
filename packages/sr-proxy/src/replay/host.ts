import type { Config } from '../config/schema.js'
import type { Host } from '../tables/image.js'

const MTU = 1500

/** Interfaces that nobody has: each name of the configuration gets a number and a MAC address. */
export function inventedHost(config: Config): Host {
  const { tables } = config
  const names = new Set<string>(config.network ?? [])
  for (const attachment of Object.values(tables?.attachments ?? {})) {
    if ('host' in attachment) continue
    names.add(attachment.interface)
    if (attachment.return !== undefined) names.add(attachment.return)
  }
  for (const { interface: name } of Object.values(tables?.nextHops ?? {})) names.add(name)
  for (const { to, via } of Object.values(tables?.mirrors ?? {})) names.add(to).add(via)
  return new Map([...names].map((name, at) => [name, { index: at + 1, mac: macOf(at + 1), mtu: MTU }] as const))
}

/** Locally administered (IEEE 802-2014 §8.2.2). */
function macOf(index: number): string {
  return `02:00:00:00:${hex(index >> 8)}:${hex(index & 255)}`
}

function hex(octet: number): string {
  return octet.toString(16).padStart(2, '0')
}
