import { unsayableName } from '../affinity-name.js'
import { affinityMap } from './affinity-map.js'
import type { Express } from './expression.js'
import { igpBlock, withoutOspfV3 } from './places.js'
import type { Statement } from './statement.js'

/** `link-params` of the interface, which the IGP advertises with `mpls-te on`. Affinities want FRR 9 or later. */
export const linkAttributes: Express<'link-attributes'> = (element, facts) => {
  const { id, delayUs, affinities = [] } = element
  const context = [`interface ${element.interface}`, 'link-params']
  const statements: Statement[] = affinityMap(id, affinities)
  if (delayUs !== undefined) {
    // Flex-Algo computes by the minimum (RFC 9350 §5.1), others by the average.
    const line = `delay ${delayUs} min ${delayUs} max ${delayUs}`
    const adapt = (there: string | undefined) => ({ same: there === line, line, undo: there ?? 'no delay' })
    statements.push({ context, line, key: 'delay', element: id, adapt, closing: CLOSING })
  }
  if (affinities.length > 0)
    statements.push(
      affinity(
        context,
        id,
        affinities.map(({ name }) => name),
      ),
    )
  statements.push({ context: [igpBlock(facts)], line: 'mpls-te on', key: 'mpls-te on', element: id, shared: true })
  return withoutOspfV3(facts) ?? unsayableName(affinities) ?? { statements }
}

/** FRR 8.4 shows the block until this; newer ones take it, and say that it is for nothing. */
const CLOSING = 'no enable'

/** Given names are added to those that are there. */
function affinity(context: readonly string[], element: string, names: readonly string[]): Statement {
  const line = `affinity ${names.join(' ')}`
  return {
    context,
    line,
    key: 'affinity',
    element,
    closing: CLOSING,
    adapt: (there) => {
      const present = new Set(there?.split(' ').slice(1))
      const added = names.filter((name) => !present.has(name))
      return { same: added.length === 0, line: `affinity ${added.join(' ')}`, undo: `no affinity ${added.join(' ')}` }
    },
  }
}
