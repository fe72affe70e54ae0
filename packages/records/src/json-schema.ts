import { type SchemaName, streams } from './streams.js'

/** The published JSON Schema (draft 2020-12) of one stream: any of its records. */
export function jsonSchemaOf(schema: SchemaName): Record<string, unknown> {
  const kinds = streams[schema]
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:segchain:schema:${schema}`,
    title: schema,
    description: `One line (record) of a ${schema} stream`,
    type: 'object',
    required: ['kind'],
    oneOf: Object.keys(kinds).map((kind) => ({ $ref: `#/$defs/${kind}` })),
    $defs: kinds,
  }
}
