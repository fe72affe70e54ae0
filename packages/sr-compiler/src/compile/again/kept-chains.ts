import type { LabelNetwork } from '@segchain/path-engine'
import type { SrPolicyElement } from '@segchain/records'
import type { Intent } from '../../intents/intent.js'
import type { SteeringIntent } from '../../intents/schema/index.js'
import type { ChosenChain } from '../choose-chain.js'
import type { Steered } from '../steered.js'
import type { GraphChange } from './graph-change.js'
import type { NetworkChange } from './network-change.js'
import type { Read, Reads } from './reads.js'

interface Entry {
  readonly one: Steered
  readonly ways: readonly Read[]
  readonly labels: ReadonlySet<string>
}

interface KeptPolicy {
  readonly choices: readonly ChosenChain[]
  readonly element: SrPolicyElement
}

/** The chains of the compilation before, and for the one that runs which of them are right still. */
export class KeptChains {
  readonly #entries = new Map<Intent<SteeringIntent>, Entry>()
  readonly #policies = new Map<string, KeptPolicy>()
  /** How many were chosen anew. */
  chosen = 0

  take(steering: Intent<SteeringIntent>): Steered | undefined {
    return this.#entries.get(steering)?.one
  }

  put(one: Steered, reads: Reads): void {
    this.chosen += 1
    // Not the reads themselves, which know the network that they are of: it would stay as long as the chain.
    if (reads.isRepeatable) this.#entries.set(one.steering, { one, ways: reads.list, labels: reads.labels })
  }

  /** The element of a policy, made anew where one of its chains was. */
  policy(key: string, group: readonly Steered[], make: () => SrPolicyElement): SrPolicyElement {
    const known = this.#policies.get(key)
    const plain = group.every((one) => one.disjointFrom === undefined && one.lists === undefined)
    const isSame = known?.choices.length === group.length && known.choices.every((one, i) => one === group[i]?.chosen)
    if (known !== undefined && plain && isSame) return known.element
    const element = make()
    if (plain) this.#policies.set(key, { choices: group.map((one) => one.chosen), element })
    else this.#policies.delete(key)
    return element
  }

  /** Only what holds in the network after a change, with the links' new numbers. */
  keep(network: NetworkChange): void {
    const { before, now, graph: change } = network
    this.chosen = 0
    const labels = changedLabels(before, now, change)
    for (const [node, label] of labels.values()) {
      if (now.sidAt(node, label) === undefined) continue
      // A label of a segment and of a link at once: nothing is certain.
      this.#entries.clear()
      this.#policies.clear()
      return
    }
    const isRenumbered = change.numbers.some((link, i) => link !== i)
    const renamed = new Map<ChosenChain, ChosenChain>()
    for (const [steering, { one, ways, labels: read }] of this.#entries) {
      const isHit = labels.size > 0 && [...read].some((label) => labels.has(label))
      if (isHit || ways.some((way) => network.mayTouch(way))) {
        this.#entries.delete(steering)
        continue
      }
      const chosen = isRenumbered ? renumbered(one.chosen, change.numbers) : one.chosen
      renamed.set(one.chosen, chosen)
      if (isRenumbered) this.#entries.set(steering, { one: { ...one, chosen }, ways, labels: read })
    }
    for (const [key, { choices, element }] of this.#policies) {
      const same = choices.flatMap((choice) => renamed.get(choice) ?? [])
      if (same.length < choices.length) this.#policies.delete(key)
      else if (isRenumbered) this.#policies.set(key, { choices: same, element })
    }
  }
}

function renumbered(chosen: ChosenChain, numbers: Int32Array): ChosenChain {
  const { hops, loop } = chosen.trace
  const links = (of: readonly number[]): number[] => of.map((link) => (link < 0 ? link : (numbers[link] as number)))
  return { ...chosen, trace: { hops: hops.map((hop) => ({ ...hop, links: links(hop.links) })), loop } }
}

/** Adjacency-SIDs that came, went, or lead elsewhere. */
function changedLabels(
  before: LabelNetwork,
  now: LabelNetwork,
  { numbers, older, newer }: GraphChange,
): ReadonlyMap<string, readonly [number, number]> {
  const changed = new Map<string, readonly [number, number]>()
  if (before.localLabels.length === 0 && now.localLabels.length === 0) return changed
  const texts = new Set(now.localLabels.map(({ node, label, link, to }) => `${node}|${label}|${link}|${to}`))
  for (const { node, label, link, to } of before.localLabels) {
    if (older.has(link) || !texts.has(`${node}|${label}|${numbers[link]}|${to}`)) {
      changed.set(`${node}|${label}`, [node, label])
    }
  }
  for (const { node, label, link } of now.localLabels) {
    if (newer.has(link)) changed.set(`${node}|${label}`, [node, label])
  }
  return changed
}
