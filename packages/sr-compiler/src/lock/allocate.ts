import { SegchainError } from '@segchain/records'
import type { Intent } from '../intents/intent.js'
import type { NetworkIntent } from '../intents/schema/index.js'
import type { Demand } from './demands.js'
import type { Allocation, Lock } from './lock-file.js'
import { poolOf } from './loopback-pool.js'

const DEFAULT_POOL = { first: 1000, last: 4999 }

/** What the network already uses, so that nothing new is put on top of it. */
export interface InUse {
  readonly indexes: ReadonlySet<number>
  readonly prefixes: ReadonlySet<string>
}

/**
 * The lock with every demand met: what is locked stays as it is, the rest takes the lowest free
 * index and loopback, in the order of the demands.
 */
export function allocate(
  lock: Lock,
  demands: readonly Demand[],
  network: Intent<NetworkIntent> | undefined,
  inUse: InUse,
): { lock: Lock; added: readonly Allocation[]; errors: readonly SegchainError[] } {
  const added: Allocation[] = []
  const errors: SegchainError[] = []
  const held = new Map(lock.allocations.map((entry) => [`${entry.owner}|${entry.algorithm}`, entry]))
  const wanted = new Map(demands.flatMap((d) => (d.index === undefined ? [] : [[d.index, d] as const])))
  const indexes = new Set([...lock.allocations.map((entry) => entry.index), ...inUse.indexes, ...wanted.keys()])
  const loopbacks = new Set(lock.allocations.map((entry) => entry.loopback))
  const pool = network?.spec.sidIndexes ?? DEFAULT_POOL
  let nextIndex = pool.first
  let nextLoopback = 1
  for (const demand of demands) {
    const known = held.get(`${demand.owner}|${demand.algorithm}`)
    if (known !== undefined) {
      if (demand.index !== undefined && demand.index !== known.index) errors.push(renumbered(demand, known))
      continue
    }
    while (demand.index === undefined && indexes.has(nextIndex)) nextIndex += 1
    const index = demand.index ?? nextIndex
    if (demand.index === undefined && index > pool.last)
      return { lock, added, errors: [...errors, poolUsedUp(demand, network, pool)] }
    if (demand.index !== undefined) {
      const owner = lock.allocations.find((entry) => entry.index === demand.index)
      if (owner !== undefined) {
        errors.push(taken(demand, owner))
        continue
      }
    }
    const loopback = freeLoopback(network, loopbacks, inUse.prefixes, nextLoopback)
    if (loopback === undefined) return { lock, added, errors: [...errors, noLoopback(demand, network)] }
    nextLoopback = loopback.number + 1
    indexes.add(index)
    loopbacks.add(loopback.number)
    const { owner, algorithm } = demand
    added.push({ owner, algorithm, index, loopback: loopback.number, prefix: loopback.prefix })
  }
  return { lock: { ...lock, allocations: [...lock.allocations, ...added] }, added, errors }
}

function freeLoopback(
  network: Intent<NetworkIntent> | undefined,
  taken: ReadonlySet<number>,
  inUse: ReadonlySet<string>,
  from: number,
): { number: number; prefix: string } | undefined {
  const pool = poolOf(network?.spec.loopbacks ?? '')
  for (let number = from; number < (pool?.size ?? 0); number += 1) {
    const prefix = pool?.at(number) ?? ''
    if (!taken.has(number) && !inUse.has(prefix)) return { number, prefix }
  }
  return undefined
}

function taken(demand: Demand, owner: Allocation): SegchainError {
  return new SegchainError({
    category: 'data',
    code: 'SID_CONFLICT',
    message: `SID index ${owner.index} is wanted by ${demand.owner} and belongs to ${owner.owner} (algorithm ${owner.algorithm})`,
    hint: 'take another index, or none: then a free one is allocated',
    where: demand.source.at(demand.path),
  })
}

function renumbered(demand: Demand, known: Allocation): SegchainError {
  return new SegchainError({
    category: 'data',
    code: 'SID_RENUMBERED',
    message: `${demand.owner} (algorithm ${demand.algorithm}) has index ${known.index} in sids.lock and asks for ${demand.index}`,
    hint: 'a SID in use is never renumbered: keep the index, or give the service another name',
    where: demand.source.at(demand.path),
  })
}

function poolUsedUp(
  demand: Demand,
  network: Intent<NetworkIntent> | undefined,
  pool: { readonly first: number; readonly last: number },
): SegchainError {
  return new SegchainError({
    category: 'data',
    code: 'SID_POOL_USED_UP',
    message: `no SID index is left between ${pool.first} and ${pool.last} for ${demand.owner}`,
    hint: 'widen spec.sidIndexes of the Network intent; it must fit into every SRGB',
    where: network === undefined ? demand.source.at(demand.path) : network.source.at(['spec', 'sidIndexes']),
  })
}

function noLoopback(demand: Demand, network: Intent<NetworkIntent> | undefined): SegchainError {
  const pool = network?.spec.loopbacks
  return new SegchainError({
    category: 'data',
    code: pool === undefined ? 'LOOPBACK_POOL_MISSING' : 'LOOPBACK_POOL_USED_UP',
    message:
      pool === undefined
        ? `${demand.owner} needs a loopback address, and the Network intent names no pool`
        : `no loopback address is left in ${pool} for ${demand.owner}`,
    hint: 'a Network intent with spec.loopbacks, for instance 10.254.0.0/16',
    where: network === undefined ? demand.source.at(demand.path) : network.source.at(['spec', 'loopbacks']),
  })
}
