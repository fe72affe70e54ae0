import { type Claim, claimed, type DataNode, fromLiteral, type Literal } from '../../model/index.js'
import { announces, type DeviceFacts, type Unsupported } from '../dialect.js'
import { isIsis, ospfArea } from '../facts.js'
import { isisRouter } from './isis-schema.js'
import { ospfRouter } from './ospf-schema.js'

export function loopbackName(number: number): string {
  return `Loopback${number}`
}

/** The first module that the device does not announce, or what else keeps it from being told. */
export function missing(facts: DeviceFacts, ...wanted: readonly string[]): Unsupported | undefined {
  if (facts.igp.protocol === 'ospfv3') return { unsupported: 'OSPFv3 is not in this dialect' }
  const igp = isIsis(facts) ? 'Cisco-IOS-XR-um-router-isis-cfg' : 'Cisco-IOS-XR-um-router-ospf-cfg'
  const absent = [...wanted, igp].find((module) => !announces(facts, module))
  return absent === undefined ? undefined : { unsupported: `the device does not announce ${absent}` }
}

/** Below the process of the IGP, which must be there: its content in IS-IS, or in OSPF. */
export function inIgp(facts: DeviceFacts, content: { readonly isis: Literal; readonly ospf: Literal }): DataNode {
  const foreign = { foreign: true }
  return isIsis(facts)
    ? fromLiteral(isisRouter, {
        isis: { processes: { process: claimed(foreign, { 'process-id': facts.igpInstance, ...content.isis }) } },
      })
    : fromLiteral(ospfRouter, {
        ospf: { processes: { process: claimed(foreign, { 'process-name': facts.igpInstance, ...content.ospf }) } },
      })
}

/** What an interface has in the IGP: in IS-IS with its address family, in OSPF with its area. */
export function onInterface(
  facts: DeviceFacts,
  name: string,
  claim: Claim,
  content: { readonly isis: Literal; readonly isisFamily?: Literal; readonly ospf: Literal; readonly v6?: boolean },
): DataNode {
  const { isisFamily, v6 = false } = content
  const family = { 'af-name': v6 ? 'ipv6' : 'ipv4', 'saf-name': 'unicast', ...isisFamily }
  const isis = isisFamily === undefined ? {} : { 'address-families': { 'address-family': family } }
  return inIgp(facts, {
    isis: { interfaces: { interface: claimed(claim, { 'interface-name': name, ...content.isis, ...isis }) } },
    ospf: {
      areas: {
        area: {
          'area-id': ospfArea(facts),
          interfaces: { interface: claimed(claim, { 'interface-name': name, ...content.ospf }) },
        },
      },
    },
  })
}
