import { readdirSync, readFileSync } from 'node:fs'
import type { Host, HostInterface } from '../tables/image.js'

const FOLDER = '/sys/class/net'

/** The interfaces of this network namespace that are up. */
export function hostInterfaces(): Host {
  const result = new Map<string, HostInterface>()
  for (const name of names()) {
    try {
      if ((Number(field(name, 'flags')) & 1) === 0) continue
      const mac = field(name, 'address')
      result.set(name, {
        index: Number(field(name, 'ifindex')),
        mac: mac.length === 17 ? mac : '00:00:00:00:00:00',
        mtu: Number(field(name, 'mtu')),
      })
    } catch {
      // It has gone between the two looks.
    }
  }
  return result
}

function names(): string[] {
  try {
    return readdirSync(FOLDER)
  } catch {
    return []
  }
}

function field(name: string, which: string): string {
  return readFileSync(`${FOLDER}/${name}/${which}`, 'utf8').trim()
}
