import type { NetconfSession } from '../rpc/index.js'
import { textOf, type XmlElement } from '../xml/index.js'
import { get } from './operations.js'

const YANG_LIBRARY = 'urn:ietf:params:xml:ns:yang:ietf-yang-library'

/**
 * The modules that a device says it has: those of its hello, and those of its YANG library (RFC 8525,
 * RFC 7895), because a YANG 1.1 module "MUST NOT" be in the hello (RFC 7950 §5.6.4).
 *
 * @returns undefined when the device tells nothing.
 */
export async function announcedModules(session: NetconfSession): Promise<ReadonlySet<string> | undefined> {
  const names = new Set(session.capabilities.modules.keys())
  if (session.capabilities.uris.some((uri) => uri.includes(':yang-library:'))) {
    const filter =
      `<modules-state xmlns="${YANG_LIBRARY}"><module><name/></module></modules-state>` +
      `<yang-library xmlns="${YANG_LIBRARY}"><module-set><module><name/></module></module-set></yang-library>`
    collect(await get(session, filter), names)
  }
  return names.size === 0 ? undefined : names
}

function collect(element: XmlElement, names: Set<string>): void {
  for (const child of element.children) {
    const name = child.name === 'module' ? textOf(child, 'name') : undefined
    if (name !== undefined) names.add(name)
    collect(child, names)
  }
}
