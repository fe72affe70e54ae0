import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { withoutPathIdentifiers } from '../src/codec/bgp/without-path-identifiers.js'
import { CaptureDecoder, decodeUpdate, Rib } from '../src/index.js'
import { announcing, localNode, nlri, remoteNode, tlv, updateOf } from './support/fixtures.js'

// source: RFC 7911 §3 (NLRI encoding), RFC 8050 §4 (MRT), written out by hand
const node = nlri(1, 2, localNode)
const link = nlri(2, 2, localNode + remoteNode)
const name = (text: string) => tlv(1026, Buffer.from(text).toString('hex'))
const id = 'isis-l2:0:65000:0000.0000.0001'
const withdrawing = (list: string) =>
  updateOf(`900f${(3 + list.length / 2).toString(16).padStart(4, '0')}400447${list}`)

test('NLRIs with Path Identifiers are read, and those without stay as they are', () => {
  const plain = decodeUpdate(announcing(node + link, ''), { asn4: true })
  const paths = decodeUpdate(announcing(`00000001${node}0001000f${link}`, ''), { asn4: true })
  assert.deepEqual(paths.problems, [])
  assert.deepEqual(paths.announced, plain.announced)
  assert.equal(plain.paths, undefined)
  assert.deepEqual([...(paths.paths?.values() ?? [])], [1, 0x1000f])
})

test('an unknown NLRI type is not taken for a Path Identifier', () => {
  const { announced } = decodeUpdate(announcing('00090002beef', ''), { asn4: true })
  assert.deepEqual(
    announced.map(({ kind }) => kind),
    ['unknown-nlri'],
  )
})

test('an object is withdrawn with the last of its paths', () => {
  const rib = new Rib()
  const take = (message: ReturnType<typeof updateOf>) => rib.apply('r1', decodeUpdate(message, { asn4: true }))
  take(announcing(`00000001${node}`, name('a')))
  take(announcing(`00000002${node}`, name('a')))
  assert.deepEqual(rib.get(id)?.sources, ['r1 path 1', 'r1 path 2'])
  take(withdrawing(`00000001${node}`))
  assert.deepEqual(rib.get(id)?.sources, ['r1 path 2'])
  assert.equal(rib.countOf('r1'), 1)
  assert.deepEqual(take(withdrawing(`00000002${node}`)), [{ kind: 'withdraw', id, of: 'node', source: 'r1 path 2' }])
})

test('all paths of a speaker go stale, are refreshed, saved and dropped with it', () => {
  const both = decodeUpdate(announcing(`00000001${node}00000002${node}`, name('a')), { asn4: true })
  const one = decodeUpdate(announcing(`00000002${node}`, name('a')), { asn4: true })
  const rib = new Rib()
  rib.apply('r1', both)
  rib.markStale('r1')
  assert.equal(rib.get(id)?.stale, true)
  rib.apply('r1', one)
  rib.sweepStale('r1')
  assert.deepEqual(rib.get(id)?.sources, ['r1 path 2'])
  rib.apply('r1', both)
  rib.beginRefresh('r1')
  rib.apply('r1', one)
  rib.endRefresh('r1')
  assert.deepEqual(rib.get(id)?.sources, ['r1 path 2'])

  const later = new Rib()
  assert.deepEqual([...later.load(rib.snapshot())], ['r1'])
  assert.equal(later.sweepStale('r1').length, 1)
  assert.equal(later.size, 0)
  assert.equal(rib.drop('r1').length, 1)
  assert.equal(rib.size, 0)
})

test('a malformed attribute is discarded from every path, and the paths are known', () => {
  const broken = announcing(`00000001${node}00000002${node}`, '04020001')
  const { announced, paths } = decodeUpdate(broken, { asn4: true })
  assert.deepEqual(
    announced.map((record) => paths?.get(record)),
    [1, 2],
  )
  assert.equal(announced[1]?.kind === 'node' && announced[1].discardedAttribute, '04020001')
})

test('who replays a session without ADD-PATH sends the NLRIs without Path Identifiers', () => {
  const { bytes } = announcing(`00000001${node}00000002${link}`, name('a'))
  const bare = withoutPathIdentifiers(bytes)
  assert.equal(bare.readUInt16BE(16), bare.length)
  const update = decodeUpdate({ type: 2, bytes: bare }, { asn4: true })
  assert.equal(update.paths, undefined)
  assert.deepEqual(update.announced, decodeUpdate({ type: 2, bytes }, { asn4: true }).announced)
  const gone = decodeUpdate({ type: 2, bytes: withoutPathIdentifiers(withdrawing(`00000001${node}`).bytes) }, {})
  assert.deepEqual(gone.withdrawn, [{ id, kind: 'node' }])
  assert.equal(withoutPathIdentifiers(bare), bare)
})

const record = (type: number, subtype: number, body: string) => {
  const head = Buffer.alloc(12)
  head.writeUInt16BE(type, 4)
  head.writeUInt16BE(subtype, 6)
  head.writeUInt32BE(body.length / 2, 8)
  return Buffer.concat([head, Buffer.from(body, 'hex')])
}

async function decoded(file: Buffer) {
  const decoder = new CaptureDecoder({ strictOrder: false })
  for await (const _ of decoder.decode(Readable.from([file])));
  return decoder.rib.snapshot()
}

test('MRT with ADD-PATH (BGP4MP and table dump) is read', async () => {
  const message = announcing(`00000007${node}`, name('a')).bytes.toString('hex')
  const [first] = await decoded(
    record(16, 9, `0000fde80000fde90000 0001 0a000001 0a000002${message}`.replace(/ /g, '')),
  )
  assert.deepEqual([first?.id, first?.sources], [id, ['10.0.0.1 path 7']])

  const peers = record(13, 1, `0a000009 0000 0001 02 0a000001 0a000001 0000fde8`.replace(/ /g, ''))
  const attributes = `40010100 400200 801d05${name('a')}`.replace(/ /g, '')
  const length = (attributes.length / 2).toString(16).padStart(4, '0')
  const entry = (path: string) => `0000 00000000 ${path} ${length}${attributes}`
  const dump = record(
    13,
    12,
    `00000000 4004 47 ${node} 0002 ${entry('00000001')} ${entry('00000002')}`.replace(/ /g, ''),
  )
  const [second] = await decoded(Buffer.concat([peers, dump]))
  assert.deepEqual([second?.id, second?.sources], [id, ['10.0.0.1 path 1', '10.0.0.1 path 2']])
})

const withAsPath = (path: string) =>
  updateOf(
    `40010100 4002${(path.length / 2).toString(16).padStart(2, '0')}${path} 900e${(8 + node.length / 2 + 1).toString(16).padStart(4, '0')}40044704 0a000001 00${node}`,
  )

test('where nobody knows the width of AS numbers, an AS_PATH of 2 octets each is as good as one of 4', () => {
  for (const path of ['0201fde8', '02010000fde8']) {
    const { announced, problems } = decodeUpdate(withAsPath(path), {})
    assert.deepEqual([announced.length, problems], [1, []])
  }
  assert.equal(decodeUpdate(withAsPath('0201fde8'), { asn4: true }).withdrawn.length, 1)
  assert.equal(decodeUpdate(withAsPath('0201fd'), {}).withdrawn.length, 1)
})
