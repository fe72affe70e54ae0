import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

/** Skips the test when a program is not there; in CI, where all of them are, fails. */
export function needs(t: TestContext, program: string): boolean {
  const there = spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
  if (there) return true
  if (process.env.SEGCHAIN_REQUIRE_PEERS === '1') throw new Error(`${program} is not installed`)
  t.skip(`${program} not installed: npm run peers`)
  return false
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** A folder with these files, that goes away with the test. */
export function folder(t: TestContext, files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(tmpdir(), 'segchain-'))
  // ExaBGP gives up root, and reads its files as somebody else.
  chmodSync(path, 0o755)
  t.after(() => rmSync(path, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text, { mode: 0o755 })
  return path
}

/** A program that ends with the test. */
export function run(
  t: TestContext,
  program: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const child = spawn(program, [...argv], { stdio: 'ignore', env: { ...process.env, ...env } })
  t.after(() => child.kill('SIGKILL'))
  return child
}

/** Asks again until the answer is there. @throws when it is not within `seconds`; 30 at least, as machines may be busy. */
export async function eventually<T>(seconds: number, ask: () => T | undefined): Promise<T> {
  const deadline = Date.now() + Math.max(seconds, 30) * 1000
  for (;;) {
    const answer = ask()
    if (answer !== undefined) return answer
    if (Date.now() > deadline) throw new Error(`nothing within ${seconds} s`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
