import { formatIpv6Prefix, type Ipv6Prefix, parseIpv6Prefix } from '@segchain/path-engine'
import type { LabelRange } from '@segchain/records'
import type { Problems } from '../compile/problems.js'
import type { Intent, IntentSet } from '../intents/intent.js'
import type { NetworkIntent } from '../intents/schema/index.js'
import { whyNoIpv6Prefix, whyNoPrefix } from './prefixes.js'

/** Labels have 20 bits (RFC 3032 §2.1). */
const LAST_LABEL = 0xf_ffff

/** Pools and blocks from which nothing could be given out, or the same thing twice. */
export function checkNetwork({ network }: IntentSet, problems: Problems): void {
  if (network === undefined) return
  const { loopbacks } = network.spec
  const why = loopbacks === undefined ? undefined : whyNoPrefix(loopbacks)
  if (why !== undefined) problems.add('BAD_PREFIX', network.source.at(['spec', 'loopbacks']), why.what, why.hint)
  checkRanges(network, problems)
  checkLabels(network, problems)
  checkLocatorBlocks(network, problems)
  checkAffinities(network, problems)
}

function checkRanges({ spec, source }: Intent<NetworkIntent>, problems: Problems): void {
  const ranges = [
    [['spec', 'sidIndexes'], spec.sidIndexes],
    [['spec', 'srv6', 'nodeIds'], spec.srv6?.nodeIds],
  ] as const
  for (const [path, range] of ranges) {
    if (range === undefined || range.first <= range.last) continue
    const message = `${path.join('.')} begins at ${range.first} and ends before it, at ${range.last}`
    problems.add('BAD_RANGE', source.at([...path]), message, 'first is the smaller one')
  }
}

interface Placed extends LabelRange {
  readonly of: 'srgb' | 'srlb'
  readonly number: number
}

/** RFC 8660 §2.3: a block with ranges that overlap is none; local labels are not global ones (RFC 8402 §3.1.3). */
function checkLabels({ spec, source }: Intent<NetworkIntent>, problems: Problems): void {
  const placed = (of: 'srgb' | 'srlb') => (spec[of] ?? []).map((range, number): Placed => ({ ...range, of, number }))
  const before: Placed[] = []
  for (const range of [...placed('srgb'), ...placed('srlb')]) {
    const where = source.at(['spec', range.of, range.number])
    const last = range.first + range.size - 1
    if (last > LAST_LABEL) {
      const hint = `a size of at most ${LAST_LABEL + 1 - range.first}`
      problems.add('BAD_RANGE', where, `${range.first} and ${range.size} labels: the last label is ${LAST_LABEL}`, hint)
    }
    const other = before.find(({ first, size }) => first <= last && range.first < first + size)
    if (other !== undefined) {
      const place = `${other.first}-${other.first + other.size - 1} of spec.${other.of}`
      problems.add(
        'LABELS_OVERLAP',
        where,
        `${range.first}-${last} overlaps with ${place}`,
        'a label belongs to one range of the SRGB or of the SRLB',
      )
    }
    before.push(range)
  }
}

function checkLocatorBlocks({ spec, source }: Intent<NetworkIntent>, problems: Problems): void {
  const seen: { readonly algorithm: string; readonly block: Ipv6Prefix }[] = []
  for (const [algorithm, text] of Object.entries(spec.srv6?.blocks ?? {})) {
    const where = source.at(['spec', 'srv6', 'blocks', algorithm])
    const why = whyNoIpv6Prefix(text)
    if (why !== undefined) problems.add('BAD_PREFIX', where, why.what, why.hint)
    const block = parseIpv6Prefix(text)
    if (why !== undefined || block === undefined) continue
    const other = seen.find((one) => overlap(one.block, block))
    if (other !== undefined) {
      const message = `the block of algorithm ${algorithm} overlaps with ${formatIpv6Prefix(other.block)} of algorithm ${other.algorithm}`
      problems.add(
        'BLOCKS_OVERLAP',
        where,
        message,
        'a locator belongs to one algorithm (RFC 9352 §7.1): a block for each',
      )
    }
    seen.push({ algorithm, block })
  }
}

function overlap(a: Ipv6Prefix, b: Ipv6Prefix): boolean {
  const shift = BigInt(128 - Math.min(a.length, b.length))
  return a.value >> shift === b.value >> shift
}

function checkAffinities({ spec, source }: Intent<NetworkIntent>, problems: Problems): void {
  const names = new Map<number, string>()
  for (const [name, bit] of Object.entries(spec.affinities ?? {})) {
    const other = names.get(bit)
    if (other === undefined) names.set(bit, name)
    else {
      const message = `the affinities ${other} and ${name} are both bit ${bit}`
      problems.warn(
        'AFFINITY_TWICE',
        source.at(['spec', 'affinities', name]),
        message,
        'who names one names the other, too',
      )
    }
  }
}
