import { type Header, type SchemaName, SegchainError, validateRecord } from '@segchain/records'

/**
 * The first record must be a header of the same schema and major version.
 *
 * @throws {SegchainError} category `data`: `HEADER_MISSING`, `SCHEMA_MISMATCH`, `SCHEMA_VERSION`.
 */
export function checkHeader(value: unknown, schema: SchemaName, line: number): Header {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined
  if (kind !== 'header') {
    throw new SegchainError({
      category: 'data',
      code: 'HEADER_MISSING',
      message: `the first record is not a header (kind ${JSON.stringify(kind) ?? 'missing'})`,
      hint: `a ${schema} stream begins with {"kind":"header","schema":"${schema}",…}`,
      where: { line },
    })
  }
  const header = validateRecord(schema, value)
  if (header.kind !== 'header') throw new TypeError('validated a header as something else')
  if (header.schema === schema) return header
  const [name, version] = header.schema.split('/')
  const [wantedName, wantedVersion] = schema.split('/')
  if (name === wantedName) {
    throw new SegchainError({
      category: 'data',
      code: 'SCHEMA_VERSION',
      message: `this tool reads ${schema}, the stream is version ${version} (from ${header.tool} ${header.version})`,
      hint: `use ${header.tool} and this tool of the same release (wanted: version ${wantedVersion})`,
      where: { line },
    })
  }
  throw new SegchainError({
    category: 'data',
    code: 'SCHEMA_MISMATCH',
    message: `expected a ${schema} stream, got ${header.schema} (from ${header.tool})`,
    hint: 'are the tools of the pipeline in the right order?',
    where: { line },
  })
}
