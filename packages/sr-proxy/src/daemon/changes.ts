import { canonicalJson } from '@segchain/records'
import type { Tables } from '../tables/schema.js'

/** What is different between two tables of one owner. */
export interface Change {
  readonly operation: 'create' | 'replace' | 'delete'
  /** `/labels/16100`, `/services/orange/cg`. */
  readonly path: string
  readonly before?: unknown
  readonly after?: unknown
}

/** In the order of the paths' kinds, then of their names. */
export function changesBetween(before: Tables, after: Tables): Change[] {
  const old = pathsOf(before)
  const fresh = pathsOf(after)
  const changes: Change[] = []
  for (const [path, value] of fresh) {
    const previous = old.get(path)
    if (previous === undefined) changes.push({ operation: 'create', path, after: value })
    else if (canonicalJson(previous) !== canonicalJson(value)) {
      changes.push({ operation: 'replace', path, before: previous, after: value })
    }
  }
  for (const [path, value] of old) if (!fresh.has(path)) changes.push({ operation: 'delete', path, before: value })
  return changes
}

function pathsOf(tables: Tables): Map<string, unknown> {
  const paths = new Map<string, unknown>()
  const named = {
    attachments: tables.attachments,
    nextHops: tables.nextHops,
    firewalls: tables.firewalls,
    mirrors: tables.mirrors,
  }
  for (const [kind, entries] of Object.entries(named)) {
    for (const [name, value] of Object.entries(entries ?? {})) paths.set(`/${kind}/${name}`, value)
  }
  for (const entry of tables.labels ?? []) paths.set(`/labels/${entry.label}`, entry)
  for (const entry of tables.services ?? []) paths.set(`/services/${entry.service}`, entry)
  return paths
}
