import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileFiles, exampleFiles } from './support/lab.js'

const textOf = (file: string) => exampleFiles().find((one) => one.file === file)?.text ?? ''
const edit = (file: string, from: string | RegExp, to: string) => ({ [file]: textOf(file).replace(from, to) })
const steering = (match: string) => edit('steering.yaml', /match: .*/, `match: { ${match} }`)
const device = (extra: string) => edit('devices.yaml', 'policies: elsewhere }', `${extra} }`)
const other = (change: (text: string) => string) => ({
  'other.yaml': change(textOf('steering.yaml').replace('name: gamers', 'name: others')),
})
const srv6 = (extra: string) => ({ 'network.yaml': `${textOf('network.yaml')}  srv6: { ${extra} }\n` })

type Wrong = readonly [files: Readonly<Record<string, string>>, code: string, path: string, says: RegExp]

/** What the schema allows and what cannot be meant. */
const errors: Readonly<Record<string, Wrong>> = {
  'a pool that is no prefix': [
    edit('network.yaml', '10.254.0.0/16', '10.254.0.0/33'),
    'BAD_PREFIX',
    'spec.loopbacks',
    /up to 32/,
  ],
  'a pool with bits behind its length': [
    edit('network.yaml', '10.254.0.0/16', '10.254.3.7/16'),
    ...(['BAD_PREFIX', 'spec.loopbacks', /write 10\.254\.0\.0\/16/] as const),
  ],
  'a range that ends before it begins': [
    edit('network.yaml', 'first: 1000, last: 1999', 'first: 2000, last: 1999'),
    ...(['BAD_RANGE', 'spec.sidIndexes', /2000.*1999/] as const),
  ],
  'an SRGB beyond the last label': [
    edit('network.yaml', 'first: 16000', 'first: 1048000'),
    ...(['BAD_RANGE', 'spec.srgb[0]', /1048575.*at most 576/] as const),
  ],
  'an SRGB with ranges that overlap (RFC 8660 §2.3)': [
    edit('network.yaml', 'size: 8000 }', 'size: 8000 }, { first: 17000, size: 10 }'),
    ...(['LABELS_OVERLAP', 'spec.srgb[1]', /16000-23999 of spec\.srgb/] as const),
  ],
  'an SRLB inside of the SRGB': [
    edit('network.yaml', 'srgb:', 'srlb: [{ first: 16500, size: 100 }]\n  srgb:'),
    ...(['LABELS_OVERLAP', 'spec.srlb[0]', /spec\.srgb/] as const),
  ],
  'a block that is no prefix': [
    srv6('blocks: { "0": "fcbb::/200" }'),
    'BAD_PREFIX',
    'spec.srv6.blocks[0]',
    /up to 128/,
  ],
  'one block for two algorithms': [
    srv6('blocks: { "0": "fcbb::/32", "128": "fcbb::/40" }'),
    ...(['BLOCKS_OVERLAP', 'spec.srv6.blocks[128]', /fcbb::\/32 of algorithm 0/] as const),
  ],
  'a Flex-Algo that includes what it excludes': [
    edit('low-latency.yaml', 'excludeAny: [red]', 'excludeAny: [red], includeAll: [blue, red]'),
    ...(['CONTRADICTION', 'spec.affinities.includeAll[1]', /both name red/] as const),
  ],
  'a Flex-Algo that excludes all that it may include': [
    edit('low-latency.yaml', 'excludeAny: [red]', 'excludeAny: [red, blue], includeAny: [blue]'),
    ...(['CONTRADICTION', 'spec.affinities.includeAny[0]', /blue/] as const),
  ],
  'a match with a length that its family does not have': [
    steering('destination: 198.51.100.0/64'),
    ...(['BAD_PREFIX', 'spec.match.destination', /no IPv4 prefix/] as const),
  ],
  'a match that is no address': [steering('source: "::::/12"'), 'BAD_PREFIX', 'spec.match.source', /no IPv6 prefix/],
  'a match of two families': [
    steering('destination: "2001:db8::/32", source: 10.0.0.0/8'),
    ...(['MIXED_FAMILIES', 'spec.match.source', /both of IPv4/] as const),
  ],
  'a port of a protocol without ports': [
    steering('protocol: icmp, sourcePort: 5'),
    ...(['PORT_WITHOUT_PROTOCOL', 'spec.match.sourcePort', /icmp/] as const),
  ],
  'the same traffic in two policies': [
    other((text) => text.replace('color: 100', 'color: 101')),
    ...(['STEERING_CONFLICT', 'spec.match', /"gamers".*color 100/] as const),
  ],
  'one binding-SID for two policies of a headend': [
    {
      ...edit('steering.yaml', 'color: 100', 'color: 100\n  bindingSid: 40000'),
      ...other((text) =>
        text.replace('color: 100', 'color: 101\n  bindingSid: 40000').replace('198.51.100', '198.51.101'),
      ),
    },
    ...(['SID_CONFLICT', 'spec.bindingSid', /40000.*"gamers"/] as const),
  ],
  'a binding-SID that is the node-SID of somebody': [
    edit('steering.yaml', 'color: 100', 'color: 100\n  bindingSid: 16005'),
    ...(['LABEL_IN_SRGB', 'spec.bindingSid', /16000-23999/] as const),
  ],
  'an adjacency-SID in the SRGB': [
    device('links: [{ interface: eth0, adjacencySid: { label: 16005 } }]'),
    ...(['LABEL_IN_SRGB', 'spec.links[0].adjacencySid.label', /SRLB/] as const),
  ],
  'a jump host that there is not': [device('jumpHost: r77'), 'UNKNOWN_DEVICE', 'spec.jumpHost', /r77/],
  'a jump host behind itself': [device('jumpHost: r1'), 'JUMP_HOST_LOOP', 'spec.jumpHost', /r1/],
  'two Network intents': [
    { 'second.yaml': textOf('network.yaml').replace('name: lab', 'name: lab2') },
    ...(['DUPLICATE_NETWORK', '', /keep one Network/] as const),
  ],
}

for (const [name, [files, code, path, says]] of Object.entries(errors)) {
  test(`${name} is an error, with the place and what would be right`, () => {
    const { plan, errors: found } = compileFiles(exampleFiles(files))
    assert.equal(plan, undefined)
    const [error, ...others] = found
    assert.deepEqual(others, [])
    assert.equal(error?.code, code)
    assert.equal(error?.where.path ?? '', path)
    assert.match(`${error?.message} ${error?.hint}`, says)
  })
}

/** What may be meant, and has no effect. */
const warnings: Readonly<Record<string, Wrong>> = {
  'how a chain keeps apart, and not from whom': [
    { 'chain.yaml': `${textOf('chain.yaml')}  disjointness: node\n` },
    ...(['DISJOINTNESS_WITHOUT_EFFECT', 'spec.disjointness', /disjointFrom/] as const),
  ],
  'two names of one affinity bit': [
    edit('network.yaml', 'blue: 1', 'blue: 0'),
    ...(['AFFINITY_TWICE', 'spec.affinities.blue', /red and blue.*bit 0/] as const),
  ],
  'a dialect with a slip of the pen': [
    edit('devices.yaml', 'dialect: ietf', 'dialect: ieft'),
    ...(['UNKNOWN_DIALECT', 'spec.dialect', /did you mean "ietf"/] as const),
  ],
  'an index of an algorithm that nobody has': [
    edit('services/check.yaml', 'spec:', 'spec:\n  index: { "200": 1500 }'),
    ...(['INDEX_WITHOUT_EFFECT', 'spec.index[200]', /algorithm 200/] as const),
  ],
}

for (const [name, [files, code, path, says]] of Object.entries(warnings)) {
  test(`${name} is a warning`, () => {
    const { plan, warnings: found } = compileFiles(exampleFiles(files))
    assert.ok(plan)
    const warning = found.find((one) => one.code === code)
    assert.equal(warning?.where.path, path)
    assert.match(`${warning?.message} ${warning?.hint}`, says)
  })
}

test('an algorithm by a metric that no link has: the error of each instance says so', () => {
  const { errors: found } = compileFiles(exampleFiles(edit('low-latency.yaml', 'metric: igp', 'metric: te')))
  assert.equal(found[0]?.code, 'UNREACHABLE_INSTANCE')
  assert.match(found[0]?.message ?? '', /no link to r6 is in it: it has no TE metric/)
})
