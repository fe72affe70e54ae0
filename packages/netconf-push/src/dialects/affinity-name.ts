import type { Affinity } from '@segchain/records'
import type { Unsupported } from './dialect.js'

/** For devices that take names of affinities as words of up to 32 characters. */
export function unsayableName(affinities: readonly Affinity[]): Unsupported | undefined {
  const found = affinities.find(({ name }) => !/^[A-Za-z0-9_-]{1,32}$/.test(name))
  if (found === undefined) return undefined
  return {
    unsupported: `the affinity ${JSON.stringify(found.name)} is not a word of up to 32 letters, digits, - and _`,
    hint: 'give it another name in spec.affinities of the Network intent',
  }
}
