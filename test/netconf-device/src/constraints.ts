import { textOf, type XmlElement } from '@segchain/netconf-push'
import { DeviceError } from './device-error.js'

/** What a validation of the device checks: the `must` of RFC 9020 on SRGB and SRLB, and mandatory start-sid. */
export function checkConstraints(node: XmlElement, path = ''): void {
  for (const child of node.children) {
    const below = `${path}/${child.name}`
    if ((child.name === 'srgb' || child.name === 'srlb') && textOf(child, 'lower-bound') !== undefined) {
      if (Number(textOf(child, 'lower-bound')) >= Number(textOf(child, 'upper-bound'))) {
        throw new DeviceError('operation-failed', 'The upper-bound must be greater than the lower-bound.', {
          path: `${below}/upper-bound`,
        })
      }
    }
    if (child.name === 'connected-prefix-sid' && textOf(child, 'start-sid') === undefined) {
      throw new DeviceError('data-missing', 'start-sid is mandatory', { path: below })
    }
    checkConstraints(child, below)
  }
}
