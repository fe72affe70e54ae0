import { SegchainError } from '@segchain/records'
import type { TSchema } from 'typebox'
import type { Validator } from 'typebox/compile'
import { expected, valueAt } from './expected.js'
import { allFindings, type Finding, withoutAlternatives } from './schema-findings.js'
import { pathOfPointer, type Source } from './source.js'
import { suggestion } from './suggest.js'

/** What the schema does not allow, one error for each place, in the words of the intent language; at least one. */
export function schemaErrors(schema: TSchema, value: unknown, validator: Validator, source: Source): SegchainError[] {
  const seen = new Set<string>()
  const errors = withoutAlternatives(schema, value, allFindings(validator, value))
    .flatMap((finding) => errorsOf(schema, value, finding, source))
    .filter((error) => {
      const key = `${error.location}|${error.code}|${error.message}`
      return seen.size < seen.add(key).size
    })
  return errors.length > 0
    ? errors
    : [invalid(source.at([]), 'this intent does not match its schema', expected(schema))]
}

function invalid(where: SegchainError['where'], message: string, hint: string): SegchainError {
  return new SegchainError({ category: 'data', code: 'INTENT_INVALID', message, hint, where })
}

function errorsOf(schema: TSchema, value: unknown, finding: Finding, source: Source): SegchainError[] {
  const path = pathOfPointer(finding.instancePath)
  const here = path.join('.') || 'the intent'
  const part = valueAt(schema, pathOfPointer(finding.schemaPath.replace(/^#/, '')))
  switch (finding.keyword) {
    // Of a field that no schema knows; the finding of the whole (additionalProperties) may come after too many of them.
    case 'boolean': {
      const [name = ''] = path.slice(-1)
      const outer = finding.schemaPath.replace(/^#/, '').replace(/\/additionalProperties$/, '')
      return [unknownField(schema, pathOfPointer(outer), path.slice(0, -1), name, source)]
    }
    case 'additionalProperties':
    case 'not':
      return []
    case 'required':
      return stringsAt(finding.params, 'requiredProperties').map((name) =>
        invalid(
          source.at(path),
          `${[...path, name].join('.')} is missing`,
          `${name}: ${expected(valueAt(part, ['properties', name]))}`,
        ),
      )
    case 'const':
      return [invalid(source.at(path), `${here} is ${shown(valueAt(value, path))}`, `it must be ${expected(part)}`)]
    case 'enum':
      return [invalid(source.at(path), `${here} is ${shown(valueAt(value, path))}`, hintOf(part, value, path))]
    default: {
      const message = finding.keyword === 'anyOf' ? 'is none of the forms allowed here' : finding.message
      return [
        invalid(
          source.at(path),
          `${here} ${wordsOf(message)} (it is ${shown(valueAt(value, path))})`,
          hintOf(part, value, path),
        ),
      ]
    }
  }
}

function hintOf(part: unknown, value: unknown, path: readonly string[]): string {
  const allowed = stringsAt(part, 'enum')
  return allowed.length > 0 ? suggestion(String(valueAt(value, path)), allowed, 'allowed') : expected(part)
}

/** A pattern says little to a reader; what is meant is in the hint. */
function wordsOf(message: string): string {
  return message.startsWith('must match pattern') ? 'is not written as it must be' : message
}

function shown(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'nothing')
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function unknownField(
  schema: TSchema,
  schemaPath: readonly string[],
  path: readonly string[],
  name: string,
  source: Source,
): SegchainError {
  const part = valueAt(schema, schemaPath)
  const properties = valueAt(part, ['properties'])
  const known = typeof properties === 'object' && properties !== null ? Object.keys(properties) : []
  return new SegchainError({
    category: 'data',
    code: 'UNKNOWN_FIELD',
    message: `${path.join('.') || 'an intent'} has no field "${name.slice(0, 80)}"`,
    // Where fields are named by a pattern, the description says how.
    hint: known.length > 0 ? suggestion(name, known, 'fields here') : expected(part),
    where: source.atKey(path, name),
  })
}

function stringsAt(value: unknown, key: string): string[] {
  const found = valueAt(value, [key])
  return Array.isArray(found) ? found.map(String) : []
}
