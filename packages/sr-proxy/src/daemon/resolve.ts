import type { Wanted } from '../tables/merge.js'
import type { ServiceEntry } from '../tables/schema.js'

/** The entry that packets for a ServiceID meet: the longest prefix, component by component, or the default. */
export function serviceEntryOf(wanted: Wanted, service: string): ServiceEntry | undefined {
  const components = service === '' ? [] : service.split('/')
  for (let depth = components.length; depth >= 0; depth--) {
    const prefix = components.slice(0, depth).join('/')
    const entry = wanted.services.find((one) => one.service === prefix)
    if (entry !== undefined) return entry
  }
  return undefined
}
