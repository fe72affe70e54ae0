import { formatIpv6Prefix, type Ipv6Prefix, parseIpv6Prefix } from '@segchain/path-engine'
import { SegchainError } from '@segchain/records'
import { disjointGroups } from '../compile/disjoint/groups.js'
import { dataPlaneOf, mayUse } from '../compile/srv6/data-plane.js'
import type { IntentSet } from '../intents/intent.js'
import type { NetworkIntent } from '../intents/schema/index.js'
import type { Path, Source } from '../intents/source.js'
import { nodeOwner, serviceOwner, servicesOf } from './demands.js'
import type { LocatorAllocation } from './lock-file.js'

/** An SRv6 locator that the intents need: one a service and algorithm, one a node that ends chains. */
export interface LocatorDemand {
  readonly owner: string
  readonly algorithm: number
  readonly source: Source
  readonly path: Path
  readonly service?: string
  /** The Device intent. */
  readonly device?: string
  /** False where label stacks may serve instead (data plane `auto`). */
  readonly required: boolean
}

/** In the order of allocation. */
export function locatorDemandsOf(intents: IntentSet): LocatorDemand[] {
  const found = new Map<string, LocatorDemand>()
  const add = (demand: LocatorDemand): void => {
    const key = `${demand.owner}|${demand.algorithm}`
    const known = found.get(key)
    if (known === undefined || (demand.required && !known.required)) found.set(key, demand)
  }
  const deviceOf = new Map(
    intents.devices.flatMap((device) => [
      [device.spec.node ?? device.name, device.name] as const,
      [device.name, device.name] as const,
    ]),
  )
  const addNode = (reference: string, algorithm: number, source: Source, path: Path, required: boolean): void => {
    const device = deviceOf.get(reference)
    if (device !== undefined) add({ owner: nodeOwner(device), algorithm, source, path, device, required })
  }
  const apart = disjointGroups(intents).flatMap(({ chains }) => chains)
  for (const chain of intents.chains.values()) {
    if (!mayUse('srv6', chain, intents)) continue
    const { algorithm = 0, mode } = chain.spec
    const required = dataPlaneOf(chain, intents) === 'srv6'
    for (const name of servicesOf(chain)) {
      const service = intents.services.get(name)
      if (service === undefined) continue
      add({
        owner: serviceOwner(name),
        algorithm,
        source: service.source,
        path: ['metadata', 'name'],
        service: name,
        required,
      })
      if (mode !== 'pinned') continue
      service.spec.instances.forEach(({ node }, i) => {
        addNode(node, algorithm, service.source, ['spec', 'instances', i, 'node'], required)
      })
    }
    // Where the ways of chains are moved, any node may have to be named.
    const isPlaced =
      mode === 'pinned' &&
      intents.steerings.some(({ spec }) => spec.chain === chain.name && spec.demand?.bandwidthBytesPerSec !== undefined)
    if (required && (isPlaced || apart.includes(chain))) {
      for (const { name, spec, source } of intents.devices) {
        if (spec.srv6 === true) addNode(name, algorithm, source, ['metadata', 'name'], false)
      }
    }
    for (const { spec, source } of intents.steerings) {
      if (spec.chain === chain.name) addNode(spec.endpoint, algorithm, source, ['spec', 'endpoint'], required)
    }
  }
  const rank = ({ service, owner }: LocatorDemand): string => `${service === undefined ? 1 : 0}${owner}`
  return [...found.values()].sort((a, b) =>
    rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : a.algorithm - b.algorithm,
  )
}

const DEFAULT_NODE_IDS = { first: 0x8000, last: 0xdfff }

/** How the SIDs of an algorithm are built. */
export interface LocatorPlan {
  readonly block: Ipv6Prefix
  readonly nodeBits: number
  readonly csid: 'next' | 'none'
}

type Srv6Spec = NonNullable<NetworkIntent['spec']['srv6']>

/** Undefined when the network has no (or no usable) block for the algorithm. */
export function locatorPlanOf(srv6: Srv6Spec | undefined, algorithm: number): LocatorPlan | undefined {
  const text = srv6?.blocks[String(algorithm)]
  const block = text === undefined ? undefined : parseIpv6Prefix(text)
  const nodeBits = srv6?.nodeBits ?? 16
  // A function of 16 bits must fit behind the locator.
  if (block === undefined || block.length + nodeBits + 16 > 128) return undefined
  return { block, nodeBits, csid: srv6?.csid ?? 'next' }
}

export function locatorPrefix({ block, nodeBits }: LocatorPlan, id: number): Ipv6Prefix {
  const length = block.length + nodeBits
  return { value: block.value | (BigInt(id) << BigInt(128 - length)), length }
}

/** What is locked stays; the rest takes the lowest free node part of its algorithm's block. */
export function allocateLocators(
  locked: readonly LocatorAllocation[],
  demands: readonly LocatorDemand[],
  intents: IntentSet,
  inUse: ReadonlySet<string>,
): { locators: readonly LocatorAllocation[]; added: readonly LocatorAllocation[]; errors: readonly SegchainError[] } {
  const { network } = intents
  const srv6 = network?.spec.srv6
  const pool = srv6?.nodeIds ?? DEFAULT_NODE_IDS
  const held = new Set(locked.map((entry) => `${entry.owner}|${entry.algorithm}`))
  const taken = new Set([...locked.map((entry) => entry.locator), ...inUse])
  const added: LocatorAllocation[] = []
  const errors: SegchainError[] = []
  const next = new Map<number, number>()
  for (const demand of demands) {
    const { owner, algorithm } = demand
    if (held.has(`${owner}|${algorithm}`)) continue
    const plan = locatorPlanOf(srv6, algorithm)
    if (plan === undefined) {
      if (!demand.required) continue
      if (!errors.some((error) => error.message.includes(`algorithm ${algorithm} `)))
        errors.push(noBlock(demand, intents))
      continue
    }
    const last = Math.min(pool.last, 2 ** plan.nodeBits - 1)
    let id = next.get(algorithm) ?? pool.first
    while (id <= last && taken.has(formatIpv6Prefix(locatorPrefix(plan, id)))) id += 1
    if (id > last) {
      errors.push(usedUp(demand, intents, pool.first, last))
      break
    }
    next.set(algorithm, id + 1)
    added.push({ owner, algorithm, locator: formatIpv6Prefix(locatorPrefix(plan, id)) })
  }
  return { locators: [...locked, ...added], added, errors }
}

function noBlock({ owner, algorithm, source, path }: LocatorDemand, { network }: IntentSet): SegchainError {
  const given = network?.spec.srv6?.blocks[String(algorithm)]
  return new SegchainError({
    category: 'data',
    code: given === undefined ? 'LOCATOR_BLOCK_MISSING' : 'LOCATOR_BLOCK_INVALID',
    message:
      given === undefined
        ? `${owner} needs an SRv6 locator of algorithm ${algorithm} and the Network intent has no block for it`
        : `the block ${given} of algorithm ${algorithm} is no IPv6 prefix with room for node and function`,
    hint: `spec.srv6.blocks of the Network intent, for instance {"${algorithm}": "fcbb:bb00::/32"}`,
    where:
      network?.spec.srv6 === undefined
        ? source.at(path)
        : network.source.at(['spec', 'srv6', 'blocks', ...(given === undefined ? [] : [String(algorithm)])]),
  })
}

function usedUp(
  { owner, source, path }: LocatorDemand,
  intents: IntentSet,
  first: number,
  last: number,
): SegchainError {
  return new SegchainError({
    category: 'data',
    code: 'LOCATOR_POOL_USED_UP',
    message: `no locator node part is left between ${first} and ${last} for ${owner}`,
    hint: 'widen spec.srv6.nodeIds of the Network intent; it must fit into spec.srv6.nodeBits',
    where: intents.network?.source.at(['spec', 'srv6', 'nodeIds']) ?? source.at(path),
  })
}
