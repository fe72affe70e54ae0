import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..')

/** The static side of a command, as far as it is looked at here. */
export interface CommandClass {
  readonly args?: Readonly<Record<string, { readonly ignoreStdin?: boolean }>>
  readonly flags?: Readonly<Record<string, { readonly allowStdin?: unknown }>>
  readonly examples?: readonly string[]
  readonly summary?: string
  readonly schema?: string
}

export interface Tool {
  readonly name: string
  readonly bin: string
  /** By its words: `show labels`. */
  readonly commands: ReadonlyMap<string, CommandClass>
}

interface Manifest {
  readonly bin?: Readonly<Record<string, string>>
  readonly oclif?: { readonly commands: string }
}

/** Every tool of the workspace, with its commands loaded. */
export async function loadTools(): Promise<readonly Tool[]> {
  const tools: Tool[] = []
  for (const name of readdirSync(join(root, 'packages')).sort()) {
    const folder = join(root, 'packages', name)
    const file = join(folder, 'package.json')
    if (!existsSync(file)) continue
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest
    // A package may be there before its first command is.
    if (manifest.oclif === undefined || !existsSync(join(folder, 'src/commands'))) continue
    const commands = await loadCommands(join(folder, manifest.oclif.commands))
    for (const [tool, bin] of Object.entries(manifest.bin ?? {}))
      tools.push({ name: tool, bin: join(folder, bin), commands })
  }
  return tools
}

async function loadCommands(folder: string): Promise<ReadonlyMap<string, CommandClass>> {
  const commands = new Map<string, CommandClass>()
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'))
  for (const file of files.sort()) {
    const module = (await import(pathToFileURL(join(folder, file)).href)) as { readonly default: CommandClass }
    commands.set(file.slice(0, -'.js'.length).split(sep).join(' '), module.default)
  }
  return commands
}

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a tool with an empty input. */
export function run(
  tool: Tool,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  stderr: 'read' | 'closed' = 'read',
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    // Only a shell can start a program without a stderr.
    const [program, before]: [string, string[]] =
      stderr === 'closed' ? ['sh', ['-c', 'exec "$0" "$@" 2>&-', process.execPath]] : [process.execPath, []]
    const child = spawn(program, [...before, tool.bin, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 120_000,
      env: { ...process.env, ...environment },
    })
    let stdout = ''
    let talk = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      talk += text
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr: talk }))
  })
}
