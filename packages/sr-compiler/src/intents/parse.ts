import { SegchainError } from '@segchain/records'
import { Compile, type Validator } from 'typebox/compile'
import type { AnyIntent } from './intent.js'
import { type IntentKind, intentSchemas } from './schema/index.js'
import { schemaErrors } from './schema-errors.js'
import type { Source } from './source.js'
import { suggestion } from './suggest.js'
import { readDocuments } from './yaml/read-documents.js'

export interface IntentFile {
  /** Relative to the repository. */
  readonly file: string
  readonly text: string
}

/** An intent is written by hand; a file of this size is something else. */
const MAX_CHARACTERS = 4 * 1024 * 1024
/** Of one file that are told: more have one cause. */
const MAX_ERRORS = 200
const validators = new Map<IntentKind, Validator>()

/** The intents of one file (one or more YAML documents), and everything that is wrong with it. Throws nothing. */
export function parseIntentFile({ file, text }: IntentFile): { intents: AnyIntent[]; errors: SegchainError[] } {
  const intents: AnyIntent[] = []
  if (text.length > MAX_CHARACTERS) return { intents, errors: [tooLarge(file)] }
  const { documents, errors: syntax } = readDocuments(file, text)
  const errors = [...syntax]
  for (const { value, source } of documents) {
    if (errors.length > MAX_ERRORS) break
    if (value !== null && value !== undefined) collect(value, source, intents, errors)
  }
  return { intents, errors: errors.length > MAX_ERRORS ? [...errors.slice(0, MAX_ERRORS), andMore(file)] : errors }
}

function collect(value: unknown, source: Source, intents: AnyIntent[], errors: SegchainError[]): void {
  const kind = kindOf(value)
  if (kind === undefined) {
    const given = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined
    const known = Object.keys(intentSchemas)
    errors.push(
      new SegchainError({
        category: 'data',
        code: 'INTENT_KIND',
        message: given === undefined ? 'an intent needs a kind' : `there is no kind of intent ${shortJson(given)}`,
        hint: typeof given === 'string' ? suggestion(given, known, 'kinds') : `kinds: ${known.join(', ')}`,
        where: source.at(given === undefined ? [] : ['kind']),
      }),
    )
    return
  }
  const validator = validatorOf(kind)
  if (validator.Check(value)) {
    const { metadata, spec } = value as { metadata: { name: string }; spec: unknown }
    intents.push({ kind, name: metadata.name, spec, source } as AnyIntent)
    return
  }
  errors.push(...schemaErrors(intentSchemas[kind], value, validator, source))
}

function kindOf(value: unknown): IntentKind | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined
  const { kind } = value
  return typeof kind === 'string' && Object.hasOwn(intentSchemas, kind) ? (kind as IntentKind) : undefined
}

function validatorOf(kind: IntentKind): Validator {
  let validator = validators.get(kind)
  if (validator === undefined) {
    validator = Compile(intentSchemas[kind])
    validators.set(kind, validator)
  }
  return validator
}

function shortJson(value: unknown): string {
  const text = JSON.stringify(value) ?? 'of this sort'
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function tooLarge(file: string): SegchainError {
  const message = `an intent file has at most ${MAX_CHARACTERS} characters`
  const hint = 'divide it: every .yaml and .yml file of the directory is read'
  return new SegchainError({ category: 'data', code: 'INTENT_TOO_LARGE', message, hint, where: { file, line: 1 } })
}

function andMore(file: string): SegchainError {
  const message = `${file} has more than ${MAX_ERRORS} errors: the others are not shown`
  return new SegchainError({
    category: 'data',
    code: 'TOO_MANY_ERRORS',
    message,
    hint: 'mend the first ones',
    where: { file, line: 1 },
  })
}
