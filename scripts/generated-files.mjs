// What is generated, and from which table.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** @returns {Promise<readonly { file: string, text: string }[]>} paths relative to the root */
export async function generatedFiles(root) {
  const load = (path) => import(pathToFileURL(join(root, path)).href)
  const records = await load('packages/records/dist/src/index.js')
  const bgpls = await load('packages/bgpls-collector/dist/src/index.js')
  const { exitCodes } = await load('packages/cli-kit/dist/src/exit-codes.js')
  const { intentJsonSchema, intentSchemas } = await load('packages/sr-compiler/dist/src/intents/schema/index.js')
  return [
    ...[undefined, ...Object.keys(intentSchemas)].map((kind) => ({
      file: `packages/sr-compiler/schemas/${kind?.toLowerCase() ?? 'intent'}.schema.json`,
      text: `${JSON.stringify(intentJsonSchema(kind), undefined, 2)}\n`,
    })),
    ...Object.keys(records.streams).map((name) => ({
      file: `packages/records/schemas/${name.replace('segchain.', '').replace('/', '-')}.schema.json`,
      text: `${JSON.stringify(records.jsonSchemaOf(name), undefined, 2)}\n`,
    })),
    { file: 'docs/exit-codes.md', text: exitCodesPage(exitCodes) },
    { file: 'docs/bgp-ls-tlvs.md', text: tlvsPage(bgpls) },
  ]
}

function tlvsPage({ tlvRows, decodedTlvs }) {
  const rows = tlvRows.map(({ code, name, ref, in: places }) => {
    return `| ${code} | ${name} | ${ref} | ${places.join(', ')} | ${decodedTlvs.has(code) ? 'fields' : 'bytes'} |`
  })
  return [
    '# BGP-LS TLVs',
    '',
    'What `bgpls-collector` knows; the same as `bgpls-collector explain all`. Made from the tables in `packages/bgpls-collector/src/codec/iana` by `npm run docs`. A TLV that is kept as bytes, or is not in the table, stands in `unknown` of its record.',
    '',
    '| Code | Name | Defined in | Stands in | Becomes |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

function exitCodesPage(exitCodes) {
  const rows = exitCodes.map(({ code, name, meaning }) => `| ${code} | ${name} | ${meaning} |`)
  return [
    '# Exit codes',
    '',
    'The same in every tool. Made from `packages/cli-kit/src/exit-codes.ts` by `npm run docs`.',
    '',
    '| Code | Name | Meaning |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
