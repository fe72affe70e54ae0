import type { YamlFault } from './fault.js'

/**
 * What keeps a text from being YAML before a parser has seen it: another encoding, characters that YAML 1.2 §5.1
 * does not allow, the marks of a merge that Git left.
 */
export function faultOfText(text: string): YamlFault | undefined {
  const conflict = /^<{7}(?: |$)/m.exec(text)
  if (conflict !== null) {
    const hint = 'keep one side, and delete the lines <<<<<<<, ======= and >>>>>>>'
    return { code: 'MERGE_CONFLICT', message: 'a merge was not resolved here', hint, offset: conflict.index }
  }
  for (let offset = 0; offset < text.length; offset += 1) {
    const code = text.charCodeAt(offset)
    if (code >= 0x20 ? code !== 0x7f && code !== 0xfffd : code === 0x09 || code === 0x0a || code === 0x0d) continue
    const isEncoding = code === 0 || code === 0xfffd
    return {
      code: 'YAML_ENCODING',
      message: isEncoding
        ? 'this file is not UTF-8 text'
        : `YAML does not allow the control character U+${code.toString(16).padStart(4, '0').toUpperCase()}`,
      hint: isEncoding ? 'save it as UTF-8' : 'take it out, or write it as \\x.. between double quotes',
      offset,
    }
  }
  return undefined
}

/** A carriage return alone ends a line too (YAML 1.2 §5.4); the parser knows only two of the three ends. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r(?!\n)/g, '\n') : text
}
