/** A value as it stands in a table. Never fails: what it does not know, it shows as JSON. */
export function cellText(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return printable(value)
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return printable(value.join(' '))
  return typeof value === 'object' ? printable(JSON.stringify(value)) : String(value)
}

/** Names come from the network: a control character in one must not reach a terminal. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd')
}
