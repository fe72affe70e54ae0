import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { chooseDialect, dialects, expressAll } from '../src/dialects/index.js'
import { exampleFacts, igps, matrixOf, rows } from '../src/dialects/matrix/index.js'
import { diffTrees } from '../src/diff/index.js'
import { fromXml, toXml } from '../src/model/index.js'
import { parseXml } from '../src/xml/index.js'
import { everything } from './support/everything.js'

const sources = fileURLToPath(new URL('../../src/dialects', import.meta.url))

const skeleton = [
  'adjacency-sid.ts',
  'flex-algo.ts',
  'index.ts',
  'link-attributes.ts',
  'loopback.ts',
  'places.ts',
  'prefix-sid.ts',
  'segment-routing.ts',
  'sr-policy.ts',
  'ti-lfa.ts',
]

describe('dialects', () => {
  for (const name of [...dialects.map((dialect) => dialect.name), 'frr']) {
    it(`${name} has the skeleton that all have`, () => {
      const there = readdirSync(`${sources}/${name}`)
      assert.deepEqual(
        skeleton.filter((file) => !there.includes(file)),
        [],
      )
    })
  }

  it('name the element and the reason when they refuse', () => {
    for (const dialect of dialects) {
      for (const { elements } of rows) {
        for (const error of expressAll(dialect, elements, exampleFacts(elements, igps.ospf)).refused) {
          assert.equal(error.code, 'NOT_EXPRESSIBLE')
          const [id] = elements.map((element) => element.id).filter((one) => error.message.startsWith(one))
          assert.ok(id !== undefined && error.message.includes(dialect.name), error.message)
          assert.ok(error.hint !== undefined && error.where.device === 'r1')
        }
      }
    }
  })

  it('say what to do where the label of a prefix-SID cannot be asked for', () => {
    const [row] = rows.filter(({ name }) => name === 'prefix-SID of a Flex-Algo, no PHP')
    const refusals = dialects.flatMap((dialect) =>
      Object.values(igps).flatMap((igp) => {
        const elements = row?.elements ?? []
        return expressAll(dialect, elements, exampleFacts(elements, igp)).refused.map(({ hint }) => [
          dialect.name,
          hint,
        ])
      }),
    )
    const popped = refusals.filter(([, hint]) => /say "lastHopBehavior: php" in the Device intent/.test(hint ?? ''))
    assert.deepEqual([...new Set(popped.map(([name]) => name))].sort(), ['iosxr', 'junos', 'openconfig'])
  })

  it('together have words for everything that a plan may ask a router for', () => {
    for (const { name, cells } of matrixOf(dialects)) {
      assert.ok(
        Object.values(cells).some((cell) => cell.isis === undefined),
        `nobody can say ${name}`,
      )
    }
  })

  it('leave SR Policies to others where the Device intent says so', () => {
    const elements = rows.find(({ name }) => name === 'SR Policy')?.elements ?? []
    const facts = { ...exampleFacts(elements, igps.isis), policies: 'pcep' as const }
    for (const dialect of dialects) {
      const { elsewhere, refused, wanted } = expressAll(dialect, elements, facts)
      assert.deepEqual([elsewhere.length, refused.length, wanted.length], [1, 0, 0])
    }
  })

  it('are recognised by what a device announces, the vendors\u2019 own before the common ones', () => {
    const openconfig = 'openconfig-network-instance'
    assert.equal(chooseDialect(undefined, new Set([openconfig])).name, 'openconfig')
    assert.equal(chooseDialect(undefined, new Set([openconfig, 'Cisco-IOS-XR-um-router-isis-cfg'])).name, 'iosxr')
    const junos = ['http://xml.juniper.net/netconf/junos/1.0']
    assert.equal(chooseDialect(undefined, new Set([openconfig]), junos).name, 'junos')
    assert.equal(chooseDialect(undefined, undefined, junos).name, 'junos')
    assert.throws(() => chooseDialect(undefined, new Set(['x'])), { code: 'DIALECT_UNRECOGNISED' })
  })

  for (const dialect of dialects) {
    for (const [igp, facts] of Object.entries(igps)) {
      it(`${dialect.name} finds nothing to do once a device has what it said for ${igp}`, () => {
        const { wanted } = everything(dialect, facts)
        const device = parseXml(`<data>${toXml(wanted, dialect.modules)}</data>`)
        const actual = fromXml(device, dialect.schema, dialect.modules, dialect.aliases)
        assert.deepEqual(diffTrees(actual, wanted).edit, [])
      })
    }
  }
})
