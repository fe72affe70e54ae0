import { type PlanElement, SegchainError } from '@segchain/records'

/** The error for an element that cannot be said in a dialect, with the place of its intent. */
export function refusal(dialect: string, element: PlanElement, why: string, hint?: string): SegchainError {
  return new SegchainError({
    category: 'data',
    code: 'NOT_EXPRESSIBLE',
    message: `${element.id} cannot be said in dialect ${dialect}: ${why}`,
    hint: hint ?? hintFor(element),
    where: { device: element.device, ...placeOfIntent(element) },
  })
}

function hintFor(element: PlanElement): string {
  const skip = '--unsupported=skip to go on without it'
  return element.kind === 'sr-policy'
    ? `say "policies: pcep" or "policies: elsewhere" in the Device intent, or ${skip}`
    : `choose another dialect in the Device intent, or ${skip}`
}

function placeOfIntent(element: PlanElement): { file?: string; line?: number } {
  const intent = element.reason.intents[0]
  return intent === undefined ? {} : { file: intent.file, line: intent.line }
}

/** Of a router whose neighbours cannot be asked to leave the label of a prefix-SID on (RFC 8667 §2.1.1, P-flag). */
export const ALWAYS_POPPED =
  'say "lastHopBehavior: php" in the Device intent: a node-SID does its work without its label; a service needs another router'

const MAX_LABEL = 0xf_ffff

/** What no dialect can say, because MPLS has no such thing: labels of more than 20 bits (RFC 3032 §2.1). */
export function impossible(element: PlanElement): string | undefined {
  if (element.kind !== 'segment-routing') return undefined
  const range = [...element.srgb, ...(element.srlb ?? [])].find(({ first, size }) => first + size - 1 > MAX_LABEL)
  if (range === undefined) return undefined
  return `the block at ${range.first} of ${range.size} labels ends at ${range.first + range.size - 1}, and the last label is ${MAX_LABEL}`
}
