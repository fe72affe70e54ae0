import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { gitAncestor } from '../src/shell/git-ancestor.js'
import { checkNotOlder } from '../src/shell/staleness.js'
import { checkDeleteLimit, parseDeleteLimit } from '../src/transaction/removals.js'

describe('a plan of an earlier commit than the device has', () => {
  it('is refused as far as the repository of the intents can tell', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'segchain-git-'))
    const git = (...args: string[]): string =>
      execFileSync('git', ['-C', folder, '-c', 'user.name=x', '-c', 'user.email=x@example', ...args], {
        encoding: 'utf8',
      }).trim()
    try {
      git('init', '-q')
      git('commit', '-q', '--allow-empty', '-m', 'first')
      const first = git('rev-parse', 'HEAD')
      git('commit', '-q', '--allow-empty', '-m', 'second')
      const second = git('rev-parse', 'HEAD')
      const entry = { device: 'r1', transaction: 't', time: '2026-01-01T00:00:00Z', elements: [], superseded: [] }
      const has = (commit: string) => [{ ...entry, commit }]
      const isAncestor = gitAncestor(folder)
      await assert.rejects(checkNotOlder(first, has(second), isAncestor), { code: 'PLAN_OLDER', category: 'stale' })
      await checkNotOlder(second, has(first), isAncestor)
      await checkNotOlder(first, has(first), isAncestor)
      await checkNotOlder(first, has('0'.repeat(40)), isAncestor)
      await checkNotOlder(undefined, has(second), isAncestor)
      await checkNotOlder(first, has(second), gitAncestor(tmpdir()))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

describe('the limit of --allow-delete', () => {
  const plans = { plans: [] }
  it('is a number or a share, rounded down', () => {
    checkDeleteLimit({ ...plans, count: 2, of: 10 }, parseDeleteLimit('20%'))
    checkDeleteLimit({ ...plans, count: 3, of: 3 }, parseDeleteLimit('3'))
    for (const [count, limit] of [
      [3, '20%'],
      [1, '0'],
      [1, '9%'],
    ] as const) {
      assert.throws(() => checkDeleteLimit({ ...plans, count, of: 10 }, parseDeleteLimit(limit)), {
        code: 'DELETE_LIMIT',
      })
    }
    for (const text of ['', 'all', '-1', '101%', '1.5']) {
      assert.throws(() => parseDeleteLimit(text), { code: 'DELETE_LIMIT_FORM' })
    }
  })
})
