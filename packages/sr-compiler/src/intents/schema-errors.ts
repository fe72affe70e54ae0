import { SegchainError } from '@segchain/records'
import type { TSchema } from 'typebox'
import { pathOfPointer, type Source } from './source.js'
import { suggestion } from './suggest.js'

interface Finding {
  readonly keyword: string
  readonly schemaPath: string
  readonly instancePath: string
  readonly params: object
  readonly message: string
}

/** What the schema does not allow, one error for each place, in the words of the intent language. */
export function schemaErrors(
  schema: TSchema,
  value: unknown,
  findings: readonly Finding[],
  source: Source,
): SegchainError[] {
  const unions = findings.filter((finding) => finding.keyword === 'anyOf').map((finding) => finding.instancePath)
  const inside = (path: string): boolean => unions.some((union) => path === union || path.startsWith(`${union}/`))
  const outermost = unions.filter((path) => !unions.some((other) => path.startsWith(`${other}/`)))
  const kept = findings.filter((finding) =>
    finding.keyword === 'anyOf' ? outermost.includes(finding.instancePath) : !inside(finding.instancePath),
  )
  const seen = new Set<string>()
  return kept
    .filter((finding) => finding.keyword !== 'boolean' && finding.keyword !== 'not')
    .flatMap((finding) => errorsOf(schema, value, finding, source))
    .filter((error) => {
      const key = `${error.location}|${error.code}|${error.message}`
      return seen.size < seen.add(key).size
    })
}

function errorsOf(schema: TSchema, value: unknown, finding: Finding, source: Source): SegchainError[] {
  const path = pathOfPointer(finding.instancePath)
  const where = source.at(path)
  const here = path.join('.') || 'the intent'
  const part = valueAt(schema, pathOfPointer(finding.schemaPath.replace(/^#/, '')))
  const given = JSON.stringify(valueAt(value, path)) ?? 'nothing'
  const shown = given.length > 60 ? `${given.slice(0, 60)}…` : given
  const invalid = (message: string, hint?: string): SegchainError[] => [
    new SegchainError({
      category: 'data',
      code: 'INTENT_INVALID',
      message,
      where,
      ...(hint === undefined ? {} : { hint }),
    }),
  ]
  switch (finding.keyword) {
    case 'additionalProperties': {
      const known = Object.keys(objectAt(part, 'properties'))
      return stringsAt(finding.params, 'additionalProperties').map(
        (name) =>
          new SegchainError({
            category: 'data',
            code: 'UNKNOWN_FIELD',
            message: `${path.length === 0 ? 'an intent' : here} has no field "${name}"`,
            hint: suggestion(name, known, 'fields here'),
            where: source.atKey(path, name),
          }),
      )
    }
    case 'required':
      return stringsAt(finding.params, 'requiredProperties').flatMap((name) =>
        invalid(`${[...path, name].join('.')} is missing`),
      )
    case 'enum': {
      const allowed = stringsAt(finding.params, 'allowedValues')
      return invalid(`${here} is ${shown}`, suggestion(String(valueAt(value, path)), allowed, 'allowed'))
    }
    case 'const':
      return invalid(`${here} is ${shown}`, `it must be ${JSON.stringify(objectAt(finding, 'params').allowedValue)}`)
    default: {
      const description = objectAt({ part }, 'part').description
      const hint = typeof description === 'string' ? description : undefined
      const message = finding.keyword === 'anyOf' ? 'is none of the forms allowed here' : finding.message
      return invalid(`${here} ${message} (it is ${shown})`, hint)
    }
  }
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined
    at = (at as Record<string, unknown>)[part]
  }
  return at
}

function objectAt(value: unknown, key: string): Record<string, unknown> {
  const found = valueAt(value, [key])
  return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {}
}

function stringsAt(value: unknown, key: string): string[] {
  const found = valueAt(value, [key])
  return Array.isArray(found) ? found.map(String) : []
}
