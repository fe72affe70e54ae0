import { digestOf, SegchainError, toSegchainError } from '@segchain/records'
import type { Change, ProxyClient, Tables } from '@segchain/sr-proxy'
import { mergePlan } from './plan-tables.js'

/** One proxy on the way from what it has to what the plan wants. */
export interface Target {
  readonly device: string
  readonly client: ProxyClient
  readonly before: Tables
  readonly digest: string
  readonly after: Tables
  readonly changes: readonly Change[]
}

/**
 * Reads what a proxy has, and lets it say what would change: it refuses here what it would refuse later.
 *
 * @throws {SegchainError} with the device
 */
export async function lookAt(
  device: string,
  client: ProxyClient,
  owner: string,
  labels: NonNullable<Tables['labels']>,
  prune: boolean,
): Promise<Target> {
  try {
    const { tables: before, digest } = await client.tables(owner)
    const after = mergePlan(before, labels, prune)
    const { changes } = await client.putTables(owner, after, { dryRun: true })
    return { device, client, before, digest, after, changes }
  } catch (error) {
    throw toSegchainError(error).at({ device })
  }
}

/**
 * Puts it into force and reads it back.
 *
 * @throws {SegchainError} `stale` when somebody else was faster; `rejected`, `NOT_AS_WRITTEN`
 */
export async function bringAbout(target: Target, owner: string): Promise<void> {
  const { device, client, after, digest } = target
  try {
    if (target.changes.length > 0) await client.putTables(owner, after, { ifMatch: digest })
    const { digest: now } = await client.tables(owner)
    if (now === digestOf(after)) return
  } catch (error) {
    throw toSegchainError(error).at({ device })
  }
  throw new SegchainError({
    category: 'rejected',
    code: 'NOT_AS_WRITTEN',
    message: 'the proxy has other tables than were just written',
    hint: 'somebody else writes with the same owner',
    where: { device },
  })
}

/** Gives a proxy back what it had. */
export async function takeBack({ client, before, after, device }: Target, owner: string): Promise<void> {
  try {
    await client.putTables(owner, before, { ifMatch: digestOf(after) })
  } catch (error) {
    throw toSegchainError(error).at({ device })
  }
}
