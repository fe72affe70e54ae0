import { type Graph, nodeAt } from '@segchain/path-engine'
import type { FailoverCase, ServedBy } from '@segchain/records'
import { CaseNotes } from './case-notes.js'
import type { Judged, SingleFailure } from './proof.js'
import type { Aftermath, Subject, Visit } from './subject.js'

/** What the packets of a chain do after a failure. `before`: who serves without one. */
export function judge<S extends Subject>(
  graph: Graph,
  after: Aftermath<S>,
  one: S,
  of: SingleFailure,
  before: readonly ServedBy[],
): Judged {
  const notes = new CaseNotes()
  const { failure, down, what } = of
  const { why, served, delayUs } = after.visit(one, notes)
  if (why !== undefined) {
    notes.isLost = true
    const outcome = after.isWayLeft(one) ? 'broken' : 'cut-off'
    return { of, result: { failure, down, what, outcome, why }, notes }
  }
  const bound = one.chain.spec.bounds?.delayUs
  const isLate = bound !== undefined && (delayUs === undefined || delayUs > bound)
  const result: FailoverCase = { failure, down, what, outcome: isLate ? 'late' : 'in-order' }
  const takeOver = served === undefined ? [] : elsewhere(servedList(graph, one, served), before)
  if (takeOver.length > 0) result.takeOver = takeOver
  if (delayUs !== undefined) result.delayUs = delayUs
  const delay = delayUs === undefined ? 'unknown' : `${delayUs} us`
  if (isLate) result.why = `its delay is ${delay}, and bounds.delayUs is ${bound}`
  return { of, result, notes }
}

/** In the order of the chain, nodes by their topology ids. */
export function servedList(graph: Graph, { services }: Subject, served: NonNullable<Visit['served']>): ServedBy[] {
  return [...new Set(services)].flatMap((service) => {
    const nodes = served.get(service)
    return nodes === undefined ? [] : [{ service, nodes: [...nodes].map((node) => nodeAt(graph, node).id).sort() }]
  })
}

function elsewhere(now: readonly ServedBy[], before: readonly ServedBy[]): ServedBy[] {
  const texts = new Map(before.map(({ service, nodes }) => [service, nodes.join(' ')]))
  return now.filter(({ service, nodes }) => nodes.join(' ') !== texts.get(service))
}
