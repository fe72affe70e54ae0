/** Escapes character data; carriage returns too, which a reader would otherwise turn into line feeds. */
export function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => replacements[character] ?? character)
}

export function escapeAttribute(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, (character) => replacements[character] ?? character)
}

const replacements: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

/** An element with given attributes (already as name and plain value) around already written content. */
export function tag(name: string, attributes: Readonly<Record<string, string>>, content: string): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`)
    .join('')
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`
}
