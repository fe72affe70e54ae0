import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { escapeText, parseXml, serializeXml, tag, XmlDocumentParser } from '../src/xml/index.js'

const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 300)

describe('xml', () => {
  it('keeps namespaces, names and order as they are', () => {
    const root = parseXml('<a:x xmlns:a="urn:a" xmlns="urn:d"><y-z_1.2 b="1"/><a:w>t &amp; u</a:w></a:x>')
    assert.equal(root.namespace, 'urn:a')
    assert.deepEqual(
      root.children.map((child) => [child.namespace, child.name, child.text]),
      [
        ['urn:d', 'y-z_1.2', ''],
        ['urn:a', 'w', 't & u'],
      ],
    )
  })

  it('refuses a document type declaration, so that no entity can be expanded', () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    assert.throws(() => parseXml(bomb), { code: 'XML_DOCTYPE' })
    assert.throws(() => parseXml('<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'), { code: 'XML_DOCTYPE' })
  })

  it('refuses entities that XML itself does not have', () => {
    assert.throws(() => parseXml('<x>&nbsp;</x>'), { code: 'XML_MALFORMED' })
  })

  for (const broken of [
    '',
    '<x>',
    '<x></y>',
    '<x/><y/>',
    '<p:x/>',
    '<x a="1" a="2"/>',
    '<x>\u0000</x>',
    'text',
    '<x>&#xFFFF;</x>',
  ]) {
    it(`refuses ${JSON.stringify(broken)}`, () => {
      assert.throws(() => parseXml(broken), { code: 'XML_MALFORMED' })
    })
  }

  it('refuses what is too deep, too large or has too many elements', () => {
    const limits = { maxDepth: 10, maxElements: 100, maxLength: 10_000 }
    assert.throws(() => parseXml('<x>'.repeat(50), limits), { code: 'XML_TOO_DEEP' })
    assert.throws(() => parseXml(`<x>${'<y/>'.repeat(200)}</x>`, limits), { code: 'XML_TOO_LARGE' })
    assert.throws(() => parseXml(`<x>${' '.repeat(20_000)}</x>`, limits), { code: 'XML_TOO_LARGE' })
  })

  it('writes back what it read, prefixes of values included', () => {
    const text = '<x xmlns="urn:d"><y xmlns:i="urn:i">i:id</y><z xmlns="urn:e">&lt;&amp;&gt;</z></x>'
    const again = parseXml(serializeXml(parseXml(text)))
    assert.equal(again.children[0]?.scope.i, 'urn:i')
    assert.equal(again.children[1]?.text, '<&>')
    assert.equal(again.children[1]?.namespace, 'urn:e')
  })

  it('reads every text back as it was written', () => {
    const character = fc.constantFrom('<', '>', '&', '"', "'", '\r', '\n', '\t', ']]>', 'é', '😀', 'a')
    fc.assert(
      fc.property(fc.string({ unit: character }), (text) => {
        assert.equal(parseXml(tag('x', { a: text }, escapeText(text))).text, text)
        assert.equal(parseXml(tag('x', { a: text }, '')).attributes[0]?.value ?? '', text)
      }),
      { numRuns },
    )
  })

  it('gives a tree or an error of ours for any text', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '/',
      'x',
      '=',
      '"',
      '&',
      ';',
      '!',
      '[',
      ']',
      '-',
      '?',
      'xmlns',
      ':',
      ' ',
      'amp',
      '<x>',
      '</x>',
      '<![CDATA[',
      '<!--',
      '__proto__',
    )
    fc.assert(
      fc.property(fc.string({ unit: piece, maxLength: 30 }), (text) => {
        try {
          parseXml(text)
        } catch (error) {
          assert.match((error as { code?: string }).code ?? String(error), /^XML_/)
        }
      }),
      { numRuns },
    )
  })

  it('parses 10 MB in pieces in time linear in the size', () => {
    const time = (entries: number): number => {
      const parser = new XmlDocumentParser()
      const entry =
        '<entry><prefix>10.0.0.1/32</prefix><algorithm>a</algorithm><start-sid>1</start-sid></entry>'.repeat(100)
      const started = performance.now()
      parser.write('<data>')
      for (let at = 0; at < entries; at += 100) parser.write(entry)
      parser.write('</data>')
      assert.equal(parser.end().children.length, entries)
      return performance.now() - started
    }
    time(1000)
    const small = time(11_000)
    const large = time(110_000)
    assert.ok(large < small * 10 * 3 + 300, `${small} ms for 1 MB, ${large} ms for 10 MB`)
  })
})
