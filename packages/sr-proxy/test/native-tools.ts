import { spawnSync } from 'node:child_process'
import type { TestContext } from 'node:test'

/** clang 14 and lld build the data plane. Without them such a test is left out, and says so. */
export function needsClang(t: TestContext): boolean {
  const there = ['clang-14', 'wasm-ld-14'].every((name) => spawnSync(name, ['--version']).status === 0)
  if (there) return true
  if (process.env.SEGCHAIN_REQUIRE_PEERS === '1')
    throw new Error('this test needs clang 14 and lld 14, and was required')
  t.skip('clang 14 not installed: npm run peers')
  return false
}
