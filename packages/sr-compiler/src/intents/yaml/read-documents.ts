import type { SegchainError } from '@segchain/records'
import { type Document, LineCounter, parseAllDocuments, type YAMLError } from 'yaml'
import { Source } from '../source.js'
import { faultsOfNodes, tooDeep } from './check-nodes.js'
import { faultOfText, withLineFeeds } from './check-text.js'
import { faultError, type YamlFault } from './fault.js'
import { faultOfSyntax } from './syntax-hint.js'

/** How often anchors of a document may be repeated, all in all: a guard against those that multiply. */
const MAX_ALIASES = 100

export interface YamlDocument {
  readonly source: Source
  /** As plain values; null for a document without anything. */
  readonly value: unknown
}

/**
 * The documents of a text, YAML 1.2 with merge keys (`<<`), and what is wrong with the others. Of errors of syntax the
 * first one of a document is told: the others mostly follow from it. Throws nothing.
 */
export function readDocuments(
  file: string,
  text: string,
): { readonly documents: readonly YamlDocument[]; readonly errors: readonly SegchainError[] } {
  const plain = withLineFeeds(text)
  const inText = faultOfText(plain)
  if (inText !== undefined) return { documents: [], errors: [faultError(file, linesOf(plain), inText)] }
  const lines = new LineCounter()
  const documents: YamlDocument[] = []
  const faults: YamlFault[] = []
  try {
    const options = {
      merge: true,
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: 'silent',
      lineCounter: lines,
    } as const
    const found = parseAllDocuments(plain, options)
    for (const document of 'empty' in found ? [] : found) {
      const wrong = faultsOf(document)
      if (wrong.length > 0) faults.push(...wrong)
      else documents.push({ source: new Source(file, document, lines), value: plainValue(document) })
    }
  } catch (cause) {
    faults.push(cause instanceof RangeError ? tooDeep(0) : unusable(cause))
  }
  return { documents, errors: faults.map((fault) => faultError(file, lines, fault)) }
}

function faultsOf(document: Document): readonly YamlFault[] {
  const [syntax] = [...document.errors, ...document.warnings] as readonly YAMLError[]
  return syntax === undefined ? faultsOfNodes(document) : [faultOfSyntax(syntax)]
}

function plainValue(document: Document): unknown {
  return document.toJS({ maxAliasCount: MAX_ALIASES })
}

/** The library throws where aliases multiply. */
function unusable(cause: unknown): YamlFault {
  const message = `this YAML cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`
  return { code: 'YAML_ALIAS', message, hint: 'write out what the aliases repeat', offset: 0 }
}

function linesOf(text: string): LineCounter {
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1)
  return lines
}
