/** Lines whose `no` FRR takes without what follows these words, and 8.4 only so. */
const SHORT = [/^index \d+/, /^candidate-path preference \d+/, /^delay/]

/** The command that takes a line back. */
export function negate(line: string): string {
  for (const words of SHORT) {
    const [short] = words.exec(line) ?? []
    if (short !== undefined) return `no ${short}`
  }
  return `no ${line}`
}
