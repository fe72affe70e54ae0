import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

/** Whether `yanglint` is there; without it the test is skipped, or fails where peers are required. */
export function yanglintInstalled(t: TestContext): boolean {
  if (spawnSync('yanglint', ['--version'], { stdio: 'ignore' }).status === 0) return true
  if (process.env.SEGCHAIN_REQUIRE_PEERS === '1') throw new Error('yanglint is not installed')
  t.skip('yanglint not installed: npm run peers')
  return false
}

export interface Models {
  /** Folders with modules, the first that has one wins. */
  readonly folders: readonly string[]
  /** Names of modules, in an order in which each finds what it needs. */
  readonly modules: readonly string[]
  /** Modules to be put in front of those of the folders. */
  readonly corrected?: Readonly<Record<string, string>>
}

/** What yanglint has against a configuration, a document of XML; the empty string when it is valid. */
export function complaintsOf(models: Models, xml: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'segchain-yanglint-'))
  try {
    const file = join(folder, 'config.xml')
    writeFileSync(file, xml)
    for (const [name, text] of Object.entries(models.corrected ?? {})) writeFileSync(join(folder, `${name}.yang`), text)
    const folders = [folder, ...models.folders]
    const paths = folders.flatMap((path) => ['-p', path])
    const files = models.modules.map((module) => fileOf(module, folders))
    const { status, stderr } = spawnSync('yanglint', ['-i', ...paths, '-t', 'config', ...files, file], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    })
    const complaint = stderr
      .split('\n')
      .filter((line) => !line.includes('warn'))
      .join('\n')
    return status === 0 ? '' : complaint || `yanglint ended with ${status}`
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function fileOf(module: string, folders: readonly string[]): string {
  for (const folder of folders) {
    const found = readdirSync(folder).find((name) => name === `${module}.yang` || name.startsWith(`${module}@`))
    if (found !== undefined) return join(folder, found)
  }
  throw new Error(`there is no module ${module} in ${folders.join(', ')}`)
}
