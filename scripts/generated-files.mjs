// What is generated, and from which table.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** @returns {Promise<readonly { file: string, text: string }[]>} paths relative to the root */
export async function generatedFiles(root) {
  const load = (path) => import(pathToFileURL(join(root, path)).href)
  const records = await load('packages/records/dist/src/index.js')
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
  ]
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
