import { claimed, type DataNode, fromLiteral } from '../../model/index.js'
import { unsayableName } from '../affinity-name.js'
import type { Express } from '../dialect.js'
import { attributesOf, mapEntries, namesOf } from './affinities.js'
import { inIgp, missing, onInterface } from './places.js'
import * as schema from './schema.js'

/** The delay is of the performance measurement (a value instead of a probe), the affinities of the IGP. */
export const linkAttributes: Express<'link-attributes'> = (element, facts) => {
  const { id, delayUs, affinities = [] } = element
  const refused = missing(facts, ...(delayUs === undefined ? [] : [MEASUREMENT])) ?? unsayableName(affinities)
  if (refused !== undefined) return refused
  const nodes: DataNode[] = []
  if (delayUs !== undefined) {
    const measured = { 'delay-measurement': claimed({ element: id }, { 'advertise-delay': String(delayUs) }) }
    nodes.push(
      fromLiteral(schema.performanceMeasurement, {
        interfaces: { interface: { 'interface-name': element.interface, ...measured } },
      }),
    )
  }
  if (affinities.length > 0) {
    const claim = { element: id, exact: true }
    const map = mapEntries(id, affinities)
    nodes.push(
      inIgp(facts, {
        isis: { 'affinity-maps': { 'affinity-map': map } },
        ospf: { 'affinity-map': { 'affinity-attributes': { 'affinity-attribute': map } } },
      }),
      onInterface(
        facts,
        element.interface,
        { foreign: true },
        {
          isis: { affinity: { 'flex-algo': claimed(claim, { 'flex-algo-argument': namesOf(affinities) }) } },
          ospf: { affinity: { 'flex-algo': claimed(claim, attributesOf(affinities)) } },
        },
      ),
    )
  }
  return nodes
}

const MEASUREMENT = 'Cisco-IOS-XR-um-performance-measurement-cfg'
