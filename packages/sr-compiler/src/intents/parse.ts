import { SegchainError } from '@segchain/records'
import { Compile, type Validator } from 'typebox/compile'
import { LineCounter, parseAllDocuments } from 'yaml'
import type { AnyIntent } from './intent.js'
import { type IntentKind, intentSchemas } from './schema/index.js'
import { schemaErrors } from './schema-errors.js'
import { Source } from './source.js'
import { suggestion } from './suggest.js'

export interface IntentFile {
  /** Relative to the repository. */
  readonly file: string
  readonly text: string
}

/** An intent is written by hand; a file of this size is something else. */
const MAX_CHARACTERS = 4 * 1024 * 1024
const MAX_ALIASES = 100
const validators = new Map<IntentKind, Validator>()

/** The intents of one file (one or more YAML documents), and everything that is wrong with it. */
export function parseIntentFile({ file, text }: IntentFile): { intents: AnyIntent[]; errors: SegchainError[] } {
  const intents: AnyIntent[] = []
  const errors: SegchainError[] = []
  if (text.length > MAX_CHARACTERS) return { intents, errors: [tooLarge(file)] }
  const lines = new LineCounter()
  try {
    for (const document of parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' })) {
      if (!('errors' in document)) break
      const source = new Source(file, document, lines)
      if (document.errors.length > 0) {
        for (const error of document.errors) errors.push(syntaxError(file, lines, error))
        continue
      }
      const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES })
      if (value !== null && value !== undefined) collect(value, source, intents, errors)
    }
  } catch (cause) {
    // The YAML library throws on too many aliases and too deep a nesting.
    errors.push(
      new SegchainError({
        category: 'data',
        code: 'YAML_SYNTAX',
        message: `this YAML cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`,
        where: { file, line: 1 },
        cause,
      }),
    )
  }
  return { intents, errors }
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
        message: given === undefined ? 'an intent needs a kind' : `there is no kind of intent ${JSON.stringify(given)}`,
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
  const found = schemaErrors(intentSchemas[kind], value, validator.Errors(value), source)
  errors.push(...(found.length > 0 ? found : [unexplained(source)]))
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

function syntaxError(
  file: string,
  lines: LineCounter,
  error: { readonly message: string; readonly pos: readonly [number, number] },
): SegchainError {
  const { line, col } = lines.linePos(error.pos[0])
  return new SegchainError({
    category: 'data',
    code: 'YAML_SYNTAX',
    message: error.message,
    ...(error.message.startsWith('Nested mappings') ? { hint: 'put quotes around a text that has ": " in it' } : {}),
    where: { file, line: Math.max(1, line), column: Math.max(1, col) },
  })
}

function unexplained(source: Source): SegchainError {
  const message = 'this intent does not match its schema'
  return new SegchainError({ category: 'data', code: 'INTENT_INVALID', message, where: source.at([]) })
}

function tooLarge(file: string): SegchainError {
  const message = `an intent file has at most ${MAX_CHARACTERS} characters`
  return new SegchainError({ category: 'data', code: 'INTENT_TOO_LARGE', message, where: { file, line: 1 } })
}
