import { SegchainError } from '@segchain/records'
import type { Attachment, Firewall, LabelEntry, Mirror, NextHop, ServiceEntry, Tables } from './schema.js'

/** Everything that is wanted, of all owners. */
export interface Wanted {
  readonly attachments: ReadonlyMap<string, Attachment>
  readonly nextHops: ReadonlyMap<string, NextHop>
  readonly labels: readonly LabelEntry[]
  readonly services: readonly ServiceEntry[]
  readonly firewalls: ReadonlyMap<string, Firewall>
  readonly mirrors: ReadonlyMap<string, Mirror>
}

/**
 * @param owners tables by owner
 * @throws {SegchainError} `rejected`, `OWNED_BY_ANOTHER`: two owners want the same thing
 */
export function mergeTables(owners: ReadonlyMap<string, Tables>): Wanted {
  const claims = new Map<string, string>()
  const claim = (owner: string, what: string): void => {
    const other = claims.get(what)
    if (other !== undefined) throw claimedTwice(what, other, owner)
    claims.set(what, owner)
  }
  const named = <T>(
    field: (tables: Tables) => Readonly<Record<string, T>> | undefined,
    what: string,
  ): Map<string, T> => {
    const result = new Map<string, T>()
    for (const [owner, tables] of owners) {
      for (const [name, value] of Object.entries(field(tables) ?? {})) {
        claim(owner, `${what} ${name}`)
        result.set(name, value)
      }
    }
    return result
  }
  const listed = <T>(field: (tables: Tables) => readonly T[] | undefined, what: (entry: T) => string): T[] =>
    [...owners].flatMap(([owner, tables]) =>
      (field(tables) ?? []).map((entry) => {
        claim(owner, what(entry))
        return entry
      }),
    )
  return {
    attachments: named((tables) => tables.attachments, 'attachment'),
    nextHops: named((tables) => tables.nextHops, 'next hop'),
    labels: listed(
      (tables) => tables.labels,
      ({ label }) => `label ${label}`,
    ),
    services: listed(
      (tables) => tables.services,
      ({ service }) => `service ${service || '(default)'}`,
    ),
    firewalls: named((tables) => tables.firewalls, 'firewall'),
    mirrors: named((tables) => tables.mirrors, 'mirror'),
  }
}

function claimedTwice(what: string, one: string, other: string): SegchainError {
  return new SegchainError({
    category: 'rejected',
    code: one === other ? 'THERE_TWICE' : 'OWNED_BY_ANOTHER',
    message:
      one === other
        ? `${what} is there twice in the tables of ${one}`
        : `${what} belongs to ${one}, ${other} wants it too`,
    hint: one === other ? 'leave one of them out' : 'take it out of one of them: show labels -o wide names the owners',
  })
}
