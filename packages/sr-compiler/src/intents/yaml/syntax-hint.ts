import type { ErrorCode, YAMLError } from 'yaml'
import { tooDeep } from './check-nodes.js'
import type { YamlFault } from './fault.js'

/** What would be right, by what the parser stumbled over. */
const HINTS: Readonly<Partial<Record<ErrorCode, string>>> = {
  TAB_AS_INDENT: 'indent with spaces',
  BAD_INDENT: 'what belongs together begins at the same column; what is inside begins further right',
  BAD_COLLECTION_TYPE: 'a list is written "- a" or [a, b], a mapping "key: value" or {key: value}: not both in one',
  BAD_SCALAR_START: 'put quotes around a text that begins with @, `, %, & or another sign of YAML',
  BAD_DQ_ESCAPE: 'between double quotes a backslash is written \\\\; between single quotes it is itself',
  BLOCK_AS_IMPLICIT_KEY: 'indent this line as those around it; put quotes around a text that has ": " in it',
  BLOCK_IN_FLOW: 'between brackets, write lists and mappings with brackets too',
  MISSING_CHAR: 'close the bracket or the quote, or put the missing sign there',
  MULTILINE_IMPLICIT_KEY: 'a field is written "name: value", the name on one line',
  KEY_OVER_1024_CHARS: 'the name of a field is short: look for a missing line end',
  MULTIPLE_ANCHORS: 'one &name for each value',
  MULTIPLE_TAGS: 'no !tag is needed in an intent',
  TAG_RESOLVE_FAILED: 'no !tag is needed in an intent; put quotes around a text that begins with !',
  BAD_DIRECTIVE: 'intents are YAML 1.2 and need no % line',
  UNEXPECTED_TOKEN: 'look at the line before: an indentation, a quote or a bracket',
}

export function faultOfSyntax({ code, message, pos }: YAMLError): YamlFault {
  const [offset] = pos
  if (code === 'RESOURCE_EXHAUSTION' || message.startsWith('Maximum call stack')) return tooDeep(offset)
  const isText = message.startsWith('Nested mappings')
  return {
    code: code === 'TAG_RESOLVE_FAILED' ? 'YAML_TAG' : 'YAML_SYNTAX',
    message,
    hint: isText ? 'put quotes around a text that has ": " in it' : (HINTS[code] ?? 'see the line before it, too'),
    offset,
  }
}
