import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { iosxr } from '../src/dialects/iosxr/index.js'
import { junos } from '../src/dialects/junos/index.js'
import { igps } from '../src/dialects/matrix/index.js'
import { toXml } from '../src/model/index.js'
import { parseXml, type XmlElement } from '../src/xml/index.js'
import { everything } from './support/everything.js'

const folder = new URL('../../test/fixtures/golden/', import.meta.url)

/** Each file begins with where its contents are from; with SEGCHAIN_UPDATE_GOLDEN=1 the rest is written anew. */
describe('golden configuration', () => {
  for (const dialect of [junos, iosxr]) {
    for (const [igp, facts] of Object.entries(igps)) {
      it(`is what dialect ${dialect.name} says of everything for ${igp}`, () => {
        const file = fileURLToPath(new URL(`${dialect.name}-${igp}.xml`, folder))
        const golden = readFileSync(file, 'utf8')
        const head = golden.slice(0, golden.indexOf('-->') + 4)
        const xml = toXml(everything(dialect, facts).wanted, dialect.modules)
        const now = head + indented(parseXml(`<config xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">${xml}</config>`))
        if (process.env.SEGCHAIN_UPDATE_GOLDEN === '1') writeFileSync(file, now)
        else assert.equal(now, golden)
      })
    }
  }
})

function indented(element: XmlElement, outer = '', depth = 0): string {
  const space = '  '.repeat(depth)
  const namespace = element.namespace === outer ? '' : ` xmlns="${element.namespace}"`
  const { name, children, text } = element
  if (children.length > 0) {
    const inside = children.map((child) => indented(child, element.namespace, depth + 1)).join('')
    return `${space}<${name}${namespace}>\n${inside}${space}</${name}>\n`
  }
  return text === '' ? `${space}<${name}${namespace}/>\n` : `${space}<${name}${namespace}>${text}</${name}>\n`
}
