import type { FlagShapes } from './flag-shape.js'

/** The flags that a command line has, by name. What follows `--`, and values that look like flags, are none. */
export function flagsGiven(argv: readonly string[], flags: FlagShapes): ReadonlySet<string> {
  const byChar = new Map(
    Object.entries(flags).flatMap(([name, { char }]) => (char === undefined ? [] : [[char, name]])),
  )
  const given = new Set<string>()
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? ''
    if (word === '--') break
    const [, long, attached] = /^--([^=]+)(=)?/s.exec(word) ?? []
    const [, char = '', rest = ''] = long === undefined ? (/^-([^-])(.*)/s.exec(word) ?? []) : []
    const name = long === undefined ? byChar.get(char) : nameOf(long, flags)
    if (name === undefined) continue
    given.add(name)
    if (flags[name]?.type === 'option' && attached === undefined && rest === '') i++
  }
  return given
}

function nameOf(long: string, flags: FlagShapes): string | undefined {
  if (Object.hasOwn(flags, long)) return long
  const positive = long.replace(/^no-/, '')
  return Object.hasOwn(flags, positive) && flags[positive]?.allowNo === true ? positive : undefined
}
