/** ietf-te-types: a hex-string, "the most significant byte … is the farthest to the left"; whole 32-bit words. */
export function adminGroup(affinities: readonly { readonly bit: number }[]): string | undefined {
  if (affinities.length === 0) return undefined
  const words = Math.floor(Math.max(...affinities.map(({ bit }) => bit)) / 32) + 1
  const value = affinities.reduce((bits, { bit }) => bits | (1n << BigInt(bit)), 0n)
  const digits = value.toString(16).padStart(words * 8, '0')
  return digits.match(/../g)?.join(':')
}
