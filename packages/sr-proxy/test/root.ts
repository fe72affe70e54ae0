import type { TestContext } from 'node:test'

/** Tests that load programs into the kernel need root. Without it they are left out, and say so. */
export function needsRoot(t: TestContext): boolean {
  if (process.platform === 'linux' && process.getuid?.() === 0) return true
  if (process.env.SEGCHAIN_REQUIRE_PEERS === '1') throw new Error('this test needs root, and was required')
  t.skip('needs root: sudo npm test')
  return false
}
