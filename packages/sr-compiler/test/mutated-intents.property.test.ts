import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snapshotOf } from '@segchain/path-engine'
import { SegchainError, validateRecord } from '@segchain/records'
import fc from 'fast-check'
import { type Document, isCollection, isMap, isNode, isPair, isScalar, isSeq, parseAllDocuments, visit } from 'yaml'
import { compileFiles, exampleFiles, filesOf } from './support/lab.js'
import { srv6LabText } from './support/srv6-lab.js'

const srv6Topology = snapshotOf(
  srv6LabText()
    .trimEnd()
    .split('\n')
    .map((line) => validateRecord('segchain.topology/1', JSON.parse(line))),
)
const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 200)

const values = [
  ...[null, '', true, 0, -1, 1, 15, 16, 127, 128, 256, 65536, 2 ** 20, 2 ** 32, 2 ** 53, 1e308, 1.5, Number.NaN],
  ...['r1', 'r4', 'r77', 'orange/cg/detect', 'cloud-gaming', 'red', '__proto__', 'constructor', 'mpls', 'srv6', 'auto'],
  ...[
    'pinned',
    'node',
    'End.AS',
    '0.0.0.0/0',
    '10.0.0.0/33',
    '10.0.0.1/8',
    '::/0',
    '::1/129',
    'fcbb:bb00::/32',
    'x'.repeat(300),
  ],
  ...[
    [],
    {},
    [null],
    [[]],
    { x: 1 },
    ['r1', 'r1'],
    [{ service: 'orange/cg/check', optional: true }],
    { first: 9, last: 3 },
  ],
]

interface Edit {
  readonly file: number
  readonly place: number
  readonly how: 'replace' | 'delete' | 'rename' | 'double' | 'swap' | 'alias'
  readonly value: number
  readonly other: number
}

const edit = fc.record({
  file: fc.nat(1000),
  place: fc.nat(10_000),
  how: fc.constantFrom<Edit['how']>('replace', 'replace', 'replace', 'delete', 'rename', 'double', 'swap', 'alias'),
  value: fc.nat(values.length - 1),
  other: fc.nat(10_000),
})

/** Every value of a document, with what holds it. */
function placesOf(documents: readonly Document[]) {
  const places: { readonly set: (value: unknown) => void; readonly drop: () => void; readonly get: () => unknown }[] =
    []
  for (const document of documents) {
    visit(document, {
      Pair: (_, pair, path) => {
        const map = path.at(-1)
        const drop = () => isMap(map) && map.items.splice(map.items.indexOf(pair as never), 1)
        places.push({ get: () => pair.value, set: (value) => (pair.value = value as never), drop })
      },
      Seq: (_, seq) => {
        seq.items.forEach((_item, i) => {
          const drop = () => seq.items.splice(i, 1)
          places.push({ get: () => seq.items[i], set: (value) => (seq.items[i] = value), drop })
        })
      },
    })
  }
  return places
}

function apply(documents: readonly Document[], { place, how, value, other }: Edit): void {
  const places = placesOf(documents)
  const [at, from] = [places[place % places.length], places[other % places.length]]
  const [document] = documents
  if (at === undefined || from === undefined || document === undefined) return
  const held = from.get()
  const copy = () => (isNode(held) ? held.clone() : held)
  if (how === 'delete') at.drop()
  else if (how === 'replace') at.set(document.createNode(values[value]))
  else if (how === 'swap') at.set(copy())
  else {
    const here = at.get()
    if (isMap(here) && here.items.length > 0) {
      const pair = here.items[value % here.items.length]
      if (how === 'double' && pair !== undefined) here.items.push(pair.clone())
      else if (isPair(pair) && isScalar(pair.key)) pair.key.value = `${String(pair.key.value).slice(0, -1)}q`
    } else if (isSeq(here) && how === 'double')
      here.items.push(...here.items.map((one) => (isNode(one) ? one.clone() : one)))
    else if (how === 'alias' && isCollection(here)) here.anchor = 'a'
  }
}

function mutated(files: ReturnType<typeof exampleFiles>, edits: readonly Edit[]) {
  const texts = new Map(files.map(({ file, text }) => [file, text]))
  for (const one of edits) {
    const { file } = files[one.file % files.length] ?? { file: '' }
    const found = parseAllDocuments(texts.get(file) ?? '', { logLevel: 'silent' })
    const documents: readonly Document[] = 'empty' in found ? [] : found
    if (documents.some(({ errors }) => errors.length > 0)) continue
    apply(documents, one)
    texts.set(file, documents.map((document) => document.toString()).join('---\n'))
  }
  return [...texts].map(([file, text]) => ({ file, text }))
}

for (const [name, files, options] of [
  ['the example', exampleFiles(), {}],
  ['the SRv6 example', filesOf('srv6'), { topology: srv6Topology }],
] as const) {
  test(`whatever is changed in ${name}: a plan, or errors that say file, line and what would be right`, () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const { plan, errors, warnings } = compileFiles(mutated(files, edits), options)
        assert.equal(plan === undefined, errors.length > 0)
        for (const error of [...errors, ...warnings]) {
          assert.ok(error instanceof SegchainError)
          assert.equal(error.category, 'data')
          const said = `${error.location} ${error.code}: ${error.message} [${error.hint}]`
          if (error.code !== 'NO_INTENTS')
            assert.ok((error.where.line ?? 0) >= 1 && error.where.file !== undefined, said)
          assert.ok((error.hint ?? '') !== '', said)
          assert.doesNotMatch(said, /undefined|NaN us|\[object|null us/)
        }
      }),
      { numRuns },
    )
  })
}
