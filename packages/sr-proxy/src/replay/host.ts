import type { Host } from '../tables/image.js'
import type { Wanted } from '../tables/merge.js'

const MTU = 1500

/** Interfaces that nobody has: each name gets a number and a MAC address. @param network of the configuration */
export function inventedHost(network: readonly string[], wanted: Wanted): Host {
  const names = new Set<string>(network)
  for (const attachment of wanted.attachments.values()) {
    if (!('host' in attachment)) names.add(attachment.interface)
    if (attachment.return !== undefined) names.add(attachment.return)
  }
  for (const { interface: name } of wanted.nextHops.values()) names.add(name)
  for (const { to, via } of wanted.mirrors.values()) names.add(to).add(via)
  return new Map([...names].map((name, at) => [name, { index: at + 1, mac: macOf(at + 1), mtu: MTU }] as const))
}

/** Locally administered (IEEE 802-2014 §8.2.2). */
function macOf(index: number): string {
  return `02:00:00:00:${hex(index >> 8)}:${hex(index & 255)}`
}

function hex(octet: number): string {
  return octet.toString(16).padStart(2, '0')
}
