import { type ProxyEntryElement, SegchainError } from '@segchain/records'
import type { Tables } from '@segchain/sr-proxy'

type LabelEntry = NonNullable<Tables['labels']>[number]

/**
 * The label entries that a plan wants on one proxy, and the plan element of each.
 *
 * @param unsupported `skip`: what a proxy cannot do is left out and told to `skipped`
 * @throws {SegchainError} `rejected`, `UNSUPPORTED`
 */
export function tablesOfPlan(
  elements: readonly ProxyEntryElement[],
  unsupported: 'error' | 'skip',
  skipped: (error: SegchainError) => void,
): { readonly labels: readonly LabelEntry[]; readonly elements: ReadonlyMap<string, string> } {
  const labels: LabelEntry[] = []
  const ids = new Map<string, string>()
  for (const element of elements) {
    try {
      labels.push(labelEntry(element))
      ids.set(`/labels/${element.label}`, element.id)
    } catch (error) {
      if (!(error instanceof SegchainError) || unsupported === 'error') throw error
      skipped(error)
    }
  }
  return { labels, elements: ids }
}

function labelEntry(element: ProxyEntryElement): LabelEntry {
  const { label, service, attachment, behavior, stack } = element
  const model = element.model === undefined ? {} : { model: element.model }
  switch (behavior) {
    case 'End.AD':
      return { label, action: 'dynamic', vnf: attachment, service, ...model }
    case 'End.AS':
      if (stack === undefined)
        throw unsupportedElement(element, 'End.AS needs the stack that it puts on: this plan has none')
      return { label, action: 'static', vnf: attachment, service, stack, ...model }
    case 'End.AM':
      throw unsupportedElement(element, 'End.AM (masquerading) is for SRv6: sr-proxy does MPLS')
    case 'none':
      return { ...awareEntry(label, attachment), ...model }
  }
}

/** `firewall:NAME` and `mirror:NAME` are programs of the data plane; everything else a next hop that gets the stack. */
function awareEntry(label: number, attachment: string): LabelEntry {
  const [, program, name = ''] = /^(firewall|mirror):(.+)$/.exec(attachment) ?? []
  if (program === 'firewall') return { label, action: 'firewall', set: name }
  if (program === 'mirror') return { label, action: 'mirror', mirror: name }
  return { label, action: 'forward', nextHop: attachment, out: 'keep' }
}

/**
 * What an owner's tables become: what the plan names is replaced, everything else stays.
 *
 * @param prune labels that the plan does not name go
 */
export function mergePlan(there: Tables, labels: readonly LabelEntry[], prune: boolean): Tables {
  const named = new Set(labels.map(({ label }) => label))
  const kept = prune ? [] : (there.labels ?? []).filter(({ label }) => !named.has(label))
  const all = [...kept, ...labels].sort((a, b) => a.label - b.label)
  const { labels: _labels, ...others } = there
  return all.length === 0 ? others : { ...others, labels: all }
}

function unsupportedElement(element: ProxyEntryElement, message: string): SegchainError {
  return new SegchainError({
    category: 'rejected',
    code: 'UNSUPPORTED',
    message: `${element.id}: ${message}`,
    hint: 'proxy.behavior of the Service says what is wanted; --unsupported=skip goes on without it',
    where: { device: element.device },
  })
}
