import type { Config } from '@oclif/core'
import { loadSettings } from '../settings/for-command.js'
import type { Check } from './check.js'

/** What every tool needs. */
export function commonChecks(config: Config): readonly Check[] {
  return [
    {
      id: 'node',
      what: 'Node.js as the package asks for',
      look: () => {
        const { engines } = config.pjson as { readonly engines?: { readonly node?: string } }
        const wanted = (engines?.node ?? '>=0').replace('>=', '')
        const outcome = compare(process.versions.node, wanted) >= 0 ? 'ok' : 'missing'
        return { outcome, detail: process.versions.node, hint: `install Node.js ${wanted} or later` }
      },
    },
    {
      id: 'settings',
      // One that is not understood has ended the command before it came here.
      what: 'a settings file that is understood, or none',
      look: async () => ({ outcome: 'ok', detail: (await loadSettings(config))?.path ?? 'none' }),
    },
  ]
}

/** Of versions like 20.20.0. */
function compare(one: string, other: string): number {
  const [a, b] = [one, other].map((version) => version.split('.').map(Number))
  for (let i = 0; i < 3; i++) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
