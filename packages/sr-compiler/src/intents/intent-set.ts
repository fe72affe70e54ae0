import { digestOf, SegchainError } from '@segchain/records'
import type { AnyIntent, Intent, IntentSet } from './intent.js'
import { type IntentFile, parseIntentFile } from './parse.js'
import type { NetworkIntent } from './schema/index.js'

/** Every intent of a repository and every error in them: nothing may be compiled while there is one. */
export function parseIntents(files: readonly IntentFile[]): { intents: IntentSet; errors: readonly SegchainError[] } {
  const sorted = [...files].sort((a, b) => (a.file < b.file ? -1 : 1))
  const parsed = sorted.map(parseIntentFile)
  const errors = parsed.flatMap((file) => file.errors)
  const found = parsed.flatMap((file) => file.intents)
  const [network, ...extra] = found.filter((intent) => intent.kind === 'Network')
  for (const one of extra) errors.push(secondNetwork(one, network))
  const unique = withoutDuplicates(
    found.filter((intent) => intent.kind !== 'Network'),
    errors,
  )
  if (found.length === 0 && errors.length === 0) errors.push(nothingHere())
  return {
    errors,
    intents: {
      ...(network === undefined ? {} : { network }),
      flexAlgos: unique
        .filter((intent) => intent.kind === 'FlexAlgo')
        .sort((a, b) => a.spec.algorithm - b.spec.algorithm),
      services: byName(unique.filter((intent) => intent.kind === 'Service')),
      chains: byName(unique.filter((intent) => intent.kind === 'Chain')),
      steerings: sortByName(unique.filter((intent) => intent.kind === 'Steering')),
      devices: sortByName(unique.filter((intent) => intent.kind === 'Device')),
      digest: digestOf(sorted.map(({ file, text }) => [file, text])),
    },
  }
}

function withoutDuplicates(intents: readonly AnyIntent[], errors: SegchainError[]): AnyIntent[] {
  const first = new Map<string, AnyIntent>()
  for (const intent of intents) {
    const key = `${intent.kind}|${intent.name}`
    const known = first.get(key)
    if (known === undefined) {
      first.set(key, intent)
      continue
    }
    const { file, line } = known.source.at(['metadata', 'name'])
    errors.push(
      new SegchainError({
        category: 'data',
        code: 'DUPLICATE_NAME',
        message: `there are two of ${intent.kind} "${intent.name}": the other is at ${file}:${line}`,
        hint: 'give one of them another name',
        where: intent.source.at(['metadata', 'name']),
      }),
    )
  }
  return [...first.values()]
}

function sortByName<T extends { readonly name: string }>(list: readonly T[]): T[] {
  return [...list].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function byName<T extends { readonly name: string }>(list: readonly T[]): Map<string, T> {
  return new Map(sortByName(list).map((item) => [item.name, item]))
}

function nothingHere(): SegchainError {
  return new SegchainError({
    category: 'data',
    code: 'NO_INTENTS',
    message: 'there is no intent here: an empty plan would remove everything',
    hint: 'intents are the .yaml and .yml files of the directory and of those below it',
  })
}

function secondNetwork(extra: Intent<NetworkIntent>, first: Intent<NetworkIntent> | undefined): SegchainError {
  const other = first === undefined ? '' : ` at ${first.source.file}:${first.source.at([]).line}`
  return new SegchainError({
    category: 'data',
    code: 'DUPLICATE_NETWORK',
    message: `a repository describes one network; there is another${other}`,
    hint: 'keep one Network intent, with what both of them say',
    where: extra.source.at([]),
  })
}
