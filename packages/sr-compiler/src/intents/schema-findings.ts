import type { TSchema } from 'typebox'
import type { Validator } from 'typebox/compile'
import { Settings } from 'typebox/system'
import { valueAt } from './expected.js'
import { pathOfPointer } from './source.js'

/** One thing that a schema does not allow. */
export interface Finding {
  readonly keyword: string
  readonly schemaPath: string
  readonly instancePath: string
  readonly params: object
  readonly message: string
}

/** Of one document; more have one cause. */
const MAX_FINDINGS = 1000

/** Everything that the schema finds: the library stops at eight when it is left alone. */
export function allFindings(validator: Validator, value: unknown): readonly Finding[] {
  const { maxErrors } = Settings.Get()
  try {
    Settings.Set({ maxErrors: MAX_FINDINGS })
    return validator.Errors(value) as readonly Finding[]
  } finally {
    Settings.Set({ maxErrors })
  }
}

/**
 * Where a value may have several forms, the findings of the one that is meant; where that cannot be told, one finding
 * for all of them.
 */
export function withoutAlternatives(schema: TSchema, value: unknown, findings: readonly Finding[]): readonly Finding[] {
  const unions = findings.filter((finding) => finding.keyword === 'anyOf')
  const outermost = unions.filter(
    ({ instancePath }) => !unions.some((other) => instancePath.startsWith(`${other.instancePath}/`)),
  )
  return findings.filter((finding) => {
    const union = outermost.find(({ instancePath }) => isWithin(finding.instancePath, instancePath))
    if (union === undefined) return true
    const meant = meantForm(schema, value, union)
    return meant === undefined
      ? finding === union
      : finding !== union && isWithin(finding.schemaPath, `${union.schemaPath}/anyOf/${meant}`)
  })
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}/`)
}

/** The only form of the value's type that has all its required fields. */
function meantForm(schema: TSchema, value: unknown, union: Finding): number | undefined {
  const forms = valueAt(schema, pathOfPointer(`${union.schemaPath.replace(/^#/, '')}/anyOf`))
  const given = valueAt(value, pathOfPointer(union.instancePath))
  if (!Array.isArray(forms)) return undefined
  const fitting = forms.flatMap((form: unknown, i) => (fits(form, given) ? [i] : []))
  return fitting.length === 1 ? fitting[0] : undefined
}

function fits(form: unknown, given: unknown): boolean {
  if (typeof form !== 'object' || form === null || !('type' in form)) return false
  if (form.type === 'string') return typeof given === 'string'
  if (form.type !== 'object' || typeof given !== 'object' || given === null) return false
  const required = 'required' in form && Array.isArray(form.required) ? form.required : []
  return required.length > 0 && required.every((name: unknown) => Object.hasOwn(given, String(name)))
}
