import type { TestContext } from 'node:test'

/** Tests that load programs into the kernel need root. Without it they are left out, and say so. */
export function needsRoot(t: TestContext): boolean {
  if (process.platform === 'linux' && process.getuid?.() === 0) return true
  if (process.env.SEGCHAIN_REQUIRE_PEERS === '1') throw new Error('this test needs root, and was required')
  t.skip('needs root: sudo npm test')
  return false
}

/** A million where everything is required, less on the way; SEGCHAIN_STREAM_PACKETS says another number. */
export function streamPackets(): number {
  const fallback = process.env.SEGCHAIN_REQUIRE_PEERS === '1' ? 1_000_000 : 200_000
  return Number(process.env.SEGCHAIN_STREAM_PACKETS ?? fallback)
}
