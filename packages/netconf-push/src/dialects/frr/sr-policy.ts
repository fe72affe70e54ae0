import { segmentListName } from '../policy-name.js'
import type { Express } from './expression.js'
import type { OwnedBlock, Statement } from './statement.js'

/**
 * Policies of pathd. They get no `name`: pathd 10.7 aborts when its start-up configuration has one. Lists are there
 * before a candidate path asks for them.
 */
export const srPolicy: Express<'sr-policy'> = (element) => {
  const { id, color, endpoint, bindingSid, candidatePaths } = element
  if (candidatePaths.some(({ segmentLists }) => segmentLists.length > 1)) {
    return { unsupported: 'FRR has one segment list in a candidate path' }
  }
  const engineering = ['segment-routing', 'traffic-eng']
  const statements: Statement[] = []
  const owned: OwnedBlock[] = []
  for (const { preference, segmentLists } of candidatePaths) {
    const context = [...engineering, `segment-list ${segmentListName(element, preference, 1)}`]
    const labels = segmentLists[0]?.segments ?? []
    labels.forEach(({ label }, hop) => {
      const key = `index ${(hop + 1) * 10}`
      statements.push({ context, line: `${key} mpls label ${label}`, key, element: id })
    })
    owned.push({ context, element: id })
  }
  const context = [...engineering, `policy color ${color} endpoint ${endpoint}`]
  if (bindingSid !== undefined) {
    statements.push({ context, line: `binding-sid ${bindingSid}`, key: 'binding-sid', element: id })
  }
  for (const { preference } of candidatePaths) {
    const list = segmentListName(element, preference, 1)
    const key = `candidate-path preference ${preference}`
    statements.push({ context, line: `${key} name ${list} explicit segment-list ${list}`, key, element: id })
  }
  return { statements, owned: [...owned, { context, element: id }] }
}
