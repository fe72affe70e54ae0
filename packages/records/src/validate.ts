import type { TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { SegchainError } from './error.js'
import type { StreamRecord } from './stream-record.js'
import { type SchemaName, streams } from './streams.js'

const compiled = new Map<TSchema, Validator>()

function validatorOf(schema: TSchema): Validator {
  let validator = compiled.get(schema)
  if (validator === undefined) {
    validator = Compile(schema)
    compiled.set(schema, validator)
  }
  return validator
}

/**
 * Checks one value against the schema of its kind. Unknown fields pass (a minor version adds them);
 * an unknown kind does not.
 *
 * @throws {SegchainError} category `data`, code `RECORD_KIND` or `RECORD_INVALID`, with the path.
 */
export function validateRecord<S extends SchemaName>(schema: S, value: unknown): StreamRecord<S> {
  const kinds: Record<string, TSchema> = streams[schema]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SegchainError({
      category: 'data',
      code: 'RECORD_KIND',
      message: `a record of ${schema} is an object with a kind, not ${describe(value)}`,
    })
  }
  const kind = 'kind' in value ? value.kind : undefined
  const kindSchema = typeof kind === 'string' && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
  if (kindSchema === undefined) {
    throw new SegchainError({
      category: 'data',
      code: 'RECORD_KIND',
      message: `${schema} has no record of kind ${JSON.stringify(kind) ?? '(none)'}`,
      hint: `it has: ${Object.keys(kinds).join(', ')}`,
      where: { path: '/kind' },
    })
  }
  const validator = validatorOf(kindSchema)
  if (matches<StreamRecord<S>>(validator, value)) return value
  const { id }: { readonly id?: unknown } = value
  const first = mostTelling(validator.Errors(value))
  throw new SegchainError({
    category: 'data',
    code: 'RECORD_INVALID',
    message: `${kind} record${typeof id === 'string' ? ` ${id}` : ''}: ${first.message}`,
    where: { path: first.path },
  })
}

function matches<T>(validator: Validator, value: unknown): value is T {
  return validator.Check(value)
}

interface Finding {
  readonly instancePath: string
  readonly message: string
  readonly keyword: string
}

/** The deepest error says what is wrong; that of the union around it only that nothing matched. */
function mostTelling(errors: readonly Finding[]): { path: string; message: string } {
  const ranked = [...errors].sort((a, b) => Number(a.keyword === 'anyOf') - Number(b.keyword === 'anyOf'))
  const first = ranked[0]
  return { path: first?.instancePath || '/', message: first?.message ?? 'does not match its schema' }
}

function describe(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`
}
