// Loaded before every test file (test.mjs): property tests draw the same cases each time, so that a commit
// that passed passes again. SEGCHAIN_SEED=random, or a number, draws others; docs/decisions/006 says why.
import { readFileSync } from 'node:fs'

// For the test file alone, not for the tools that it starts.
delete process.env.NODE_OPTIONS
const file = process.argv[1]
const chosen = process.env.SEGCHAIN_SEED ?? '1'
if (chosen !== 'random' && file?.endsWith('.test.js') && readFileSync(file, 'utf8').includes("from 'fast-check'")) {
  const seed = Number(chosen)
  if (!Number.isInteger(seed)) throw new Error(`SEGCHAIN_SEED is ${chosen}: a whole number, or random`)
  const { default: fc } = await import('fast-check')
  fc.configureGlobal({ seed })
}
