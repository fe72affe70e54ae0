import { type PlanElement, SegchainError } from '@segchain/records'

/** The error for an element that cannot be said in a dialect, with the place of its intent. */
export function refusal(dialect: string, element: PlanElement, why: string, hint?: string): SegchainError {
  return new SegchainError({
    category: 'data',
    code: 'NOT_EXPRESSIBLE',
    message: `${element.id} cannot be said in dialect ${dialect}: ${why}`,
    hint: hint ?? 'choose another dialect in the Device intent, or --unsupported=skip to go on without it',
    where: { device: element.device, ...placeOfIntent(element) },
  })
}

function placeOfIntent(element: PlanElement): { file?: string; line?: number } {
  const intent = element.reason.intents[0]
  return intent === undefined ? {} : { file: intent.file, line: intent.line }
}
