/**
 * The list with one more value. A list that begins as `[]` and is pushed to gets room for 16 more from the engine: in a
 * topology, where almost every list has one entry, that was half of the memory.
 */
export function appended<T>(list: T[] | undefined, value: T): T[] {
  if (list === undefined) return [value]
  list.push(value)
  return list
}

/** The same values in a list that has room for them only. */
export function exact<T>(list: readonly T[]): T[] {
  return list.slice()
}
