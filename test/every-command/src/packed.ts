import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { root } from './tools.js'

interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly bin?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
}

/**
 * Every package as npm would hand it out, laid into `folder`: the files of its archive alone, and beside them
 * the dependencies that it declares, no others.
 *
 * @returns where each tool's program is
 */
export function installPacked(folder: string): ReadonlyMap<string, string> {
  const packages = readdirSync(join(root, 'packages')).filter((name) =>
    existsSync(join(root, 'packages', name, 'package.json')),
  )
  for (const name of packages) unpack(name, folder)
  const tools = new Map<string, string>()
  for (const name of packages) {
    const { dependencies = {}, bin = {} } = manifestOf(join(folder, name))
    for (const dependency of Object.keys(dependencies)) link(folder, name, dependency)
    for (const [tool, program] of Object.entries(bin)) tools.set(tool, join(folder, name, program))
  }
  return tools
}

function unpack(name: string, folder: string): void {
  const from = join(root, 'packages', name)
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
    ...{ cwd: from, stdio: 'ignore', timeout: 120_000 },
  })
  // What npm prints of it is different from release to release.
  const archive = readdirSync(folder).find((file) => file.endsWith('.tgz'))
  if (archive === undefined) throw new Error(`npm pack made no archive of ${from}`)
  const file = join(folder, archive)
  execFileSync('tar', ['-xzf', file, '-C', folder])
  renameSync(join(folder, 'package'), join(folder, name))
  rmSync(file)
}

function link(folder: string, name: string, dependency: string): void {
  const at = join(folder, name, 'node_modules', dependency)
  mkdirSync(join(at, '..'), { recursive: true })
  const ours = /^@segchain\/(.*)$/.exec(dependency)?.[1]
  symlinkSync(
    ours === undefined ? realpathSync(join(root, 'packages', name, 'node_modules', dependency)) : join(folder, ours),
    at,
  )
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
}
