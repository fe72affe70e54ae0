import type { ChangeRecord } from '@segchain/records'
import type { Terminal } from '../terminal.js'

const SIGN = { create: '+', replace: '~', delete: '-' } as const
const WIDTH = 72
const STYLE = { create: 'green', replace: 'yellow', delete: 'red' } as const

/** What would change, a device after the other, in the words of the device. */
export function showChanges(terminal: Terminal, changes: readonly ChangeRecord[], limit: number): void {
  const devices = [...new Set(changes.map((change) => change.device))].sort()
  for (const device of devices) {
    const own = changes.filter((change) => change.device === device)
    terminal.line(`   ${terminal.paint('bold', device)}  ${own.length} ${own.length === 1 ? 'change' : 'changes'}`)
    for (const change of own.slice(0, limit)) {
      const sign = terminal.paint(STYLE[change.operation], `${SIGN[change.operation]} ${shortPath(change.path)}`)
      terminal.line(`     ${sign}${valueText(terminal, change)}`)
    }
    if (own.length > limit) terminal.line(terminal.paint('dim', `     … and ${own.length - limit} more`))
  }
}

/** A SID that was asked for, as the device has it now: read again, on a session of its own. */
export function showReadBack(
  terminal: Terminal,
  asked: readonly ChangeRecord[],
  running: readonly ChangeRecord[],
): void {
  const found = asked
    .filter(({ path }) => /prefix-sid\[.*\]$/.test(path))
    .map(({ path }) => running.find((change) => change.path === path))
    .find((change) => change !== undefined)
  if (found === undefined) return
  terminal.line(`       ${shortPath(found.path)}${valueText(terminal, found)}`)
}

/** The last step of an instance-identifier with its keys, prefixes of modules left out. */
function shortPath(path: string): string {
  const steps = path.match(/\/(?:[^/[]|\[[^\]]*\])+/g) ?? [path]
  const last = steps.at(-1)?.slice(1) ?? path
  return last.replace(/\[([^=\]]+)='([^']*)'\]/g, ' $2').replace(/\b[\w-]+:(?=[a-z])/g, '')
}

/** What the keys in the path do not say already. */
function valueText(terminal: Terminal, change: ChangeRecord): string {
  const text = change.operation === 'delete' ? change.before : change.after
  if (text === undefined) return ''
  const keys = new Set([...change.path.matchAll(/\[([^=\]]+)='([^']*)'\]/g)].map(([, key, value]) => `${key}=${value}`))
  const flat = text
    .split(/\s+/)
    .filter((word) => !keys.has(word))
    .join(' ')
    .replace(/\b[\w-]+:(?=[a-z])/g, '')
  if (flat === '') return ''
  return terminal.paint('dim', `  ${flat.length > WIDTH ? `${flat.slice(0, WIDTH - 1)}…` : flat}`)
}
