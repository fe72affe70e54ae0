import type { PlanElement, PlanIgp } from '@segchain/records'
import type { DeviceFacts, NetconfDialect } from '../dialect.js'
import { expressAll } from '../express-all.js'
import { factsOf } from '../facts.js'
import { expressForFrr, FRR } from '../frr/index.js'
import { type Row, rows } from './rows.js'

/** What a dialect makes of a row in each IGP: nothing against it, or why not. */
export interface Cell {
  readonly isis?: string
  readonly ospf?: string
}

export interface MatrixRow {
  readonly name: string
  /** By dialect. */
  readonly cells: Readonly<Record<string, Cell>>
}

export const igps = {
  isis: { protocol: 'isis-l2' },
  ospf: { protocol: 'ospfv2', areaId: '0.0.0.0' },
} as const satisfies Record<string, PlanIgp>

/** Of a device that tells nothing of itself, and so is believed to have every module. */
export function exampleFacts(elements: readonly PlanElement[], igp: PlanIgp): DeviceFacts {
  return { ...factsOf({ name: 'r1', igpInstance: 'core' }, elements), igp }
}

/** Which elements each dialect can say, found out by asking it. */
export function matrixOf(dialects: readonly NetconfDialect[]): readonly MatrixRow[] {
  return rows.map((row) => ({
    name: row.name,
    cells: Object.fromEntries([
      ...dialects.map((dialect) => [
        dialect.name,
        cell(row, (elements, facts) => expressAll(dialect, elements, facts).refused[0]?.message),
      ]),
      [FRR, cell(row, (elements, facts) => expressForFrr(elements, facts).refused[0]?.message)],
    ]),
  }))
}

function cell(
  { elements }: Row,
  whyNot: (elements: readonly PlanElement[], facts: DeviceFacts) => string | undefined,
): Cell {
  const isis = whyNot(elements, exampleFacts(elements, igps.isis))
  const ospf = whyNot(elements, exampleFacts(elements, igps.ospf))
  return {
    ...(isis === undefined ? {} : { isis: reason(isis) }),
    ...(ospf === undefined ? {} : { ospf: reason(ospf) }),
  }
}

/** Without the element: the row is its name. */
function reason(message: string): string {
  return message.replace(/^.* cannot be said in dialect [a-z]+: /, '')
}
