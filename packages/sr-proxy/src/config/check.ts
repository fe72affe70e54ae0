import { type ErrorCategory, type ErrorLocation, SegchainError } from '@segchain/records'
import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

/**
 * A value from outside, as the type that its schema says.
 *
 * @param what `the configuration`
 * @param locate where in a file a path is
 * @throws {SegchainError} with code `INVALID`
 */
export function checkedBy<S extends TSchema>(
  schema: S,
  category: ErrorCategory,
  what: string,
  locate: (path: readonly string[]) => ErrorLocation = () => ({}),
): (value: unknown) => Static<S> {
  const validator = Compile(schema)
  return (value) => {
    if (validator.Check(value)) return value as Static<S>
    const { path, message } = mostTelling(validator.Errors(value))
    const steps = path
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    throw new SegchainError({
      category,
      code: 'INVALID',
      message: `${what}: ${steps.length === 0 ? '' : `${steps.join('.')} `}${message}`,
      where: { path, ...locate(steps) },
    })
  }
}

interface Finding {
  readonly instancePath: string
  readonly message: string
  readonly keyword: string
  readonly params: object
}

/** The deepest finding says what is wrong; that of a union around it only that nothing fits. */
function mostTelling(findings: readonly Finding[]): { path: string; message: string } {
  const depth = (finding: Finding): number => finding.instancePath.split('/').length
  const vague = (finding: Finding): number => Number(finding.keyword === 'anyOf' || finding.keyword === 'const')
  const [first] = [...findings].sort((a, b) => vague(a) - vague(b) || depth(b) - depth(a))
  if (first === undefined) return { path: '', message: 'does not fit' }
  if (first.keyword === 'additionalProperties') {
    const names = (first.params as { additionalProperties?: readonly string[] }).additionalProperties ?? []
    return { path: first.instancePath, message: `has no field ${names.join(', ')}` }
  }
  return { path: first.instancePath, message: first.message }
}
