import { interior } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { globalAttributes } from './global-attributes.js'
import { entryOf, inInstance } from './places.js'
import * as schema from './schema.js'

/** openconfig-flexalgo has them of the network instance, whichever IGP it runs. */
export const linkAttributes: Express<'link-attributes'> = (element) => {
  const { id, delayUs, affinities = [] } = element
  const entry = entryOf(
    schema.faInterface,
    { 'interface-id': element.interface },
    {
      'min-delay': delayUs === undefined ? undefined : String(delayUs),
      'admin-group': affinities.map(({ name }) => name),
    },
    [],
    { element: id, exact: true },
  )
  const content = [globalAttributes(id, affinities), interior(schema.faInterfaces, {}, [entry])]
  return [inInstance([interior(schema.flexAlgorithm, {}, content)])]
}
