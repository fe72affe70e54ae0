/**
 * Whether two JSON values are the same, whatever the order of their keys. Speakers repeat themselves
 * (a refresh, a second speaker), so this is the hot path of a RIB: no text is made for it.
 */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && sameItems(a, b)
  return sameObject(a as Fields, b as Fields)
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (!sameValue(a[at], b[at])) return false
  return true
}

type Fields = Readonly<Record<string, unknown>>

function sameObject(a: Fields, b: Fields): boolean {
  let fields = 0
  for (const key in a) {
    if (!sameValue(a[key], b[key])) return false
    fields++
  }
  for (const _ in b) fields--
  return fields === 0
}
