import { SegchainError } from '@segchain/records'
import { SaxesParser, type SaxesTagNS } from 'saxes'
import type { NamespaceScope, XmlAttribute, XmlElement } from './element.js'

export interface XmlLimits {
  /** Elements inside elements. */
  readonly maxDepth: number
  /** Elements in one document. */
  readonly maxElements: number
  /** Characters of one document. */
  readonly maxLength: number
}

/** A full configuration of a large router is 10 to 50 MB and some 20 levels deep. */
export const defaultXmlLimits: XmlLimits = { maxDepth: 256, maxElements: 4_000_000, maxLength: 256 * 1024 * 1024 }

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace'
/** Not frozen: nothing could be assigned in objects that inherit from it. */
const emptyScope: NamespaceScope = Object.assign(Object.create(null) as Record<string, string>, {
  '': '',
  xml: XML_NAMESPACE,
})

interface OpenElement extends XmlElement {
  readonly children: XmlElement[]
  text: string
}

/**
 * Parses a document that comes in pieces. Time is linear in the length, memory is bounded by the
 * limits. There are no DTDs and so no entities but the five of XML itself: a document type
 * declaration is an error (RFC 6241 §3: "A document type declaration MUST NOT appear").
 */
export class XmlDocumentParser {
  readonly #parser = new SaxesParser({ xmlns: true, position: false })
  readonly #limits: XmlLimits
  readonly #open: OpenElement[] = []
  #root: XmlElement | undefined
  #elements = 0
  #length = 0

  constructor(limits: XmlLimits = defaultXmlLimits) {
    this.#limits = limits
    this.#parser.on('error', (error) => {
      throw xmlError('XML_MALFORMED', `not well-formed XML: ${error.message}`)
    })
    this.#parser.on('doctype', () => {
      throw xmlError('XML_DOCTYPE', 'the document has a document type declaration, which NETCONF forbids')
    })
    this.#parser.on('opentag', (tag) => this.#onOpen(tag))
    this.#parser.on('closetag', () => this.#onClose())
    this.#parser.on('text', (text) => this.#onText(text))
    this.#parser.on('cdata', (text) => this.#onText(text))
  }

  /** @throws {SegchainError} category `data`: malformed, a DTD, or over a limit. */
  write(text: string): void {
    this.#length += text.length
    if (this.#length > this.#limits.maxLength) {
      throw xmlError('XML_TOO_LARGE', `the document is longer than ${this.#limits.maxLength} characters`)
    }
    this.#parser.write(text)
  }

  /** @throws {SegchainError} category `data`: the document is not complete. */
  end(): XmlElement {
    this.#parser.close()
    if (this.#root === undefined) throw xmlError('XML_MALFORMED', 'not well-formed XML: no root element')
    return this.#root
  }

  #onOpen(tag: SaxesTagNS): void {
    const parent = this.#open.at(-1)
    this.#elements++
    if (this.#open.length >= this.#limits.maxDepth) {
      throw xmlError('XML_TOO_DEEP', `elements are nested deeper than ${this.#limits.maxDepth}`)
    }
    if (this.#elements > this.#limits.maxElements) {
      throw xmlError('XML_TOO_LARGE', `the document has more than ${this.#limits.maxElements} elements`)
    }
    const element: OpenElement = {
      namespace: tag.uri,
      name: tag.local,
      attributes: attributesOf(tag),
      children: [],
      text: '',
      scope: scopeOf(tag, parent?.scope ?? emptyScope),
    }
    parent?.children.push(element)
    this.#open.push(element)
  }

  #onClose(): void {
    const closed = this.#open.pop()
    if (this.#open.length === 0) this.#root = closed
  }

  #onText(text: string): void {
    const element = this.#open.at(-1)
    if (element !== undefined) element.text += text
  }
}

/** @throws {SegchainError} category `data`. */
export function parseXml(text: string, limits?: XmlLimits): XmlElement {
  const parser = new XmlDocumentParser(limits)
  parser.write(text)
  return parser.end()
}

const noAttributes: readonly XmlAttribute[] = Object.freeze([])

function attributesOf(tag: SaxesTagNS): readonly XmlAttribute[] {
  let found: XmlAttribute[] | undefined
  for (const key in tag.attributes) {
    const attribute = tag.attributes[key]
    if (attribute === undefined || attribute.prefix === 'xmlns' || attribute.name === 'xmlns') continue
    found ??= []
    found.push({ namespace: attribute.uri, name: attribute.local, value: attribute.value })
  }
  return found ?? noAttributes
}

/** The parent's scope where the tag declares nothing: most elements share one object. */
function scopeOf(tag: SaxesTagNS, inherited: NamespaceScope): NamespaceScope {
  for (const _ in tag.ns) return Object.assign(Object.create(inherited) as Record<string, string>, tag.ns)
  return inherited
}

function xmlError(code: string, message: string): SegchainError {
  return new SegchainError({ category: 'data', code, message })
}
