import type { Problems } from '../compile/problems.js'
import type { IntentSet } from '../intents/intent.js'
import { nearest, suggestion } from '../intents/suggest.js'

/** Those of netconf-push; other programs that apply plans may have their own. */
const DIALECTS = ['ietf', 'openconfig', 'frr', 'junos', 'iosxr']

export function checkDevices({ devices }: IntentSet, problems: Problems): void {
  const names = devices.map(({ name }) => name)
  const known = new Set(names)
  const jumpOf = new Map(devices.map(({ name, spec }) => [name, spec.jumpHost]))
  for (const { name, spec, source } of devices) {
    const { jumpHost, dialect } = spec
    const where = source.at(['spec', 'jumpHost'])
    if (jumpHost !== undefined && !known.has(jumpHost)) {
      const hint = suggestion(jumpHost, names, 'devices')
      problems.add('UNKNOWN_DEVICE', where, `there is no Device "${jumpHost}" to go through`, hint)
    } else if (jumpHost !== undefined && leadsBack(name, jumpOf)) {
      problems.add(
        'JUMP_HOST_LOOP',
        where,
        `the way to ${name} leads over itself`,
        'one of its jump hosts is reached directly',
      )
    }
    if (dialect === undefined || DIALECTS.includes(dialect)) continue
    const near = nearest(dialect, DIALECTS)
    if (near === undefined) continue
    const message = `netconf-push has no dialect "${dialect}"`
    problems.warn('UNKNOWN_DIALECT', source.at(['spec', 'dialect']), message, `did you mean "${near}"?`)
  }
}

function leadsBack(name: string, jumpOf: ReadonlyMap<string, string | undefined>): boolean {
  const met = new Set<string>()
  for (let at = jumpOf.get(name); at !== undefined; at = jumpOf.get(at)) {
    if (at === name) return true
    if (met.has(at)) return false
    met.add(at)
  }
  return false
}
