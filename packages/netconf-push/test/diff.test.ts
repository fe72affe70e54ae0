import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diffTrees } from '../src/diff/index.js'
import { type DataNode, fromXml, interior, moduleBuilder, toXml } from '../src/model/index.js'
import { parseXml } from '../src/xml/index.js'

const m = moduleBuilder('m')
const entry = m.list('entry', ['name'], [m.leaf('name'), m.leaf('mode', { default: 'auto' }), m.leaf('size')])
const ranges = m.list('range', ['first'], [m.leaf('first')], true)
const box = m.container('box', [ranges])
const top = m.container('top', [entry, box])
const modules = { m: 'urn:m' }

function actual(xml: string): DataNode[] {
  return fromXml(parseXml(`<data><top xmlns="urn:m">${xml}</top></data>`), [top], modules)
}

function wantEntry(values: Record<string, string>, exact = true): DataNode[] {
  return [interior(top, {}, [interior(entry, values, [], { element: 'e', exact })])]
}

describe('tree diff', () => {
  it('takes an identity without its prefix, and an address in another form, for the same', () => {
    const typed = m.list(
      'typed',
      ['type', 'at'],
      [
        m.leaf('type', { type: 'identityref' }),
        m.leaf('at', { type: 'address' }),
        m.leaf('next', { type: 'address' }),
        m.leaf('kind', { type: 'identityref', default: 'm:usual' }),
      ],
    )
    const root = m.container('top', [typed])
    const there = (text: string) => fromXml(parseXml(`<data><top xmlns="urn:m">${text}</top></data>`), [root], modules)
    const wanted = (next: string) => [
      interior(root, {}, [interior(typed, { type: 'other:ISIS', at: 'fc00:0:1::/48', next, kind: 'm:usual' })]),
    ]
    const found = there(
      '<typed><type>ISIS</type><at>FC00:0000:0001:0:0:0:0:0/48</at><next>fe80::1%eth0</next><kind>usual</kind></typed>',
    )
    assert.deepEqual(diffTrees(found, wanted('FE80::1%eth0')).differences, [])
    assert.deepEqual(
      diffTrees(found, wanted('fe80::2%eth0')).differences.map(({ before, after }) => [before, after]),
      [['fe80::1%eth0', 'fe80::2%eth0']],
    )
  })

  it('says nothing of what is there and not wanted', () => {
    const { differences } = diffTrees(
      actual('<entry><name>a</name></entry><entry><name>b</name></entry>'),
      wantEntry({ name: 'a' }),
    )
    assert.deepEqual(differences, [])
  })

  it('creates an entry that is missing, with the element that wants it', () => {
    const diff = diffTrees([], wantEntry({ name: 'a', size: '1' }))
    assert.deepEqual(diff.differences, [
      { operation: 'create', path: "/m:top/entry[name='a']", after: 'name=a size=1', element: 'e' },
    ])
    assert.equal(toXml(diff.edit, modules), '<top xmlns="urn:m"><entry><name>a</name><size>1</size></entry></top>')
  })

  it('changes a leaf, and deletes one that an entry of ours should not have', () => {
    const diff = diffTrees(
      actual('<entry><name>a</name><mode>manual</mode><size>2</size></entry>'),
      wantEntry({ name: 'a', size: '1' }),
    )
    assert.deepEqual(
      diff.differences.map(({ operation, path, before, after }) => [operation, path, before, after]),
      [
        ['replace', "/m:top/entry[name='a']/size", '2', '1'],
        ['delete', "/m:top/entry[name='a']/mode", 'manual', undefined],
      ],
    )
    assert.equal(
      toXml(diff.edit, modules),
      '<top xmlns="urn:m"><entry><name>a</name><size>1</size><mode nc:operation="delete">manual</mode></entry></top>',
    )
  })

  it('takes a default that is reported and one that is not for the same', () => {
    assert.deepEqual(
      diffTrees(actual('<entry><name>a</name><mode>auto</mode></entry>'), wantEntry({ name: 'a' })).edit,
      [],
    )
    assert.deepEqual(
      diffTrees(actual('<entry><name>a</name></entry>'), wantEntry({ name: 'a', mode: 'auto' })).edit,
      [],
    )
  })

  it('replaces a list ordered by the user when only the order differs', () => {
    const wanted = [
      interior(top, {}, [
        interior(
          box,
          {},
          ['1', '2'].map((first) => interior(ranges, { first })),
          { exact: true },
        ),
      ]),
    ]
    const diff = diffTrees(actual('<box><range><first>2</first></range><range><first>1</first></range></box>'), wanted)
    assert.equal(diff.differences[0]?.operation, 'replace')
    assert.match(toXml(diff.edit, modules), /<box nc:operation="replace">/)
  })

  it('quotes keys in paths', () => {
    assert.equal(diffTrees([], wantEntry({ name: "it's" })).differences[0]?.path, '/m:top/entry[name="it\'s"]')
  })
})
