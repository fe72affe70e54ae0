// What is generated, and from which table.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { rfcTitles } from './rfc-titles.mjs'

/** @returns {Promise<readonly { file: string, text: string }[]>} paths relative to the root */
export async function generatedFiles(root) {
  const load = (path) => import(pathToFileURL(join(root, path)).href)
  const records = await load('packages/records/dist/src/index.js')
  const bgpls = await load('packages/bgpls-collector/dist/src/index.js')
  const netconf = await load('packages/netconf-push/dist/src/dialects/index.js')
  const matrix = await load('packages/netconf-push/dist/src/dialects/matrix/index.js')
  const { exitCodes } = await load('packages/cli-kit/dist/src/exit-codes.js')
  const { intentJsonSchema, intentSchemas } = await load('packages/sr-compiler/dist/src/intents/schema/index.js')
  const { Config } = await load('packages/sr-proxy/dist/src/config/schema.js')
  const { Tables } = await load('packages/sr-proxy/dist/src/tables/schema.js')
  const licence = readFileSync(join(root, 'LICENSE'), 'utf8')
  return [
    // Whoever publishes a package, and however: its archive has its licence.
    ...readdirSync(join(root, 'packages')).map((name) => ({ file: `packages/${name}/LICENSE`, text: licence })),
    ...Object.entries({ config: Config, tables: Tables }).map(([name, schema]) => ({
      file: `packages/sr-proxy/schemas/${name}.schema.json`,
      text: `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema }, undefined, 2)}\n`,
    })),
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
    { file: 'docs/dialects.md', text: dialectsPage(netconf, matrix) },
    { file: 'docs/rfcs.md', text: rfcsPage(citations(root)) },
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

/** Element by dialect, as the dialects themselves answer. */
function dialectsPage({ dialects, frr }, matrix) {
  const descriptions = [...dialects, { name: frr.FRR, description: frr.DESCRIPTION }]
  const rows = matrix.matrixOf(dialects)
  const names = descriptions.map(({ name }) => name)
  const reasons = []
  const noteOf = (dialect, reason) => {
    const text = `${dialect}: ${reason}`
    if (!reasons.includes(text)) reasons.push(text)
    return reasons.indexOf(text) + 1
  }
  const cellOf = (dialect, { isis, ospf }) => {
    if (isis === undefined && ospf === undefined) return 'yes'
    if (isis === undefined) return `IS-IS (${noteOf(dialect, ospf)})`
    if (ospf === undefined) return `OSPF (${noteOf(dialect, isis)})`
    return `no (${noteOf(dialect, isis)})`
  }
  return [
    '# What each dialect can say',
    '',
    'What a plan may ask of a router, and which dialects of `netconf-push` have words for it, in IS-IS and in OSPFv2. What a',
    'dialect cannot say is an error before anything is sent to any device; with `--unsupported=skip` it is told, and the',
    'rest is applied. Made by asking the dialects (`packages/netconf-push/src/dialects/matrix`), by `npm run docs`. How to',
    'add one: [new-dialect.md](new-dialect.md).',
    '',
    `| | ${names.map((name) => `\`${name}\``).join(' | ')} |`,
    `|---|${names.map(() => '---').join('|')}|`,
    ...rows.map(({ name, cells }) => `| ${name} | ${names.map((one) => cellOf(one, cells[one])).join(' | ')} |`),
    '',
    ...reasons.map((reason, index) => `${index + 1}. ${reason}`),
    '',
    '## What they have been tried on',
    '',
    '| Dialect | |',
    '|---|---|',
    ...descriptions.map(({ name, description }) => `| \`${name}\` | ${description} |`),
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

/** Which package cites which RFC: number → names of packages. */
function citations(root) {
  const cited = new Map()
  for (const name of readdirSync(join(root, 'packages'))) {
    for (const file of sources(join(root, 'packages', name, 'src'))) {
      for (const [, number] of readFileSync(file, 'utf8').matchAll(/RFC (\d{3,5})/g)) {
        cited.set(Number(number), new Set([...(cited.get(Number(number)) ?? []), name]))
      }
    }
  }
  return cited
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? sources(join(folder, entry.name))
      : entry.name.endsWith('.ts')
        ? [join(folder, entry.name)]
        : [],
  )
}

function rfcsPage(cited) {
  const numbers = [...cited.keys()].sort((a, b) => a - b)
  const untitled = numbers.filter((number) => rfcTitles[number] === undefined)
  if (untitled.length > 0) throw new Error(`RFC ${untitled.join(', ')}: no title in scripts/rfc-titles.mjs`)
  return [
    '# RFCs',
    '',
    'Each RFC that the sources cite, and where. The citation stands beside the code that obeys it, with the section. Made from',
    'the sources by `npm run docs`.',
    '',
    '| RFC | Title | Cited in |',
    '|---|---|---|',
    ...numbers.map((number) => `| ${number} | ${rfcTitles[number]} | ${[...cited.get(number)].sort().join(', ')} |`),
    '',
  ].join('\n')
}
