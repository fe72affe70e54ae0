import type { Dirent } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { cannotRead } from '@segchain/cli-kit/files'
import { SegchainError } from '@segchain/records'
import type { IntentFile } from '../intents/parse.js'
import { LOCK_FILE } from '../lock/lock-file.js'

const MAX_FILES = 20_000

/**
 * Every YAML file of a directory and below, in the order of their names; hidden ones and
 * node_modules are passed over, links are not followed.
 *
 * @throws {SegchainError} category `usage` when the directory cannot be read.
 */
export async function readIntentDirectory(directory: string): Promise<{ files: IntentFile[]; lockText?: string }> {
  try {
    const files: IntentFile[] = []
    await walk(directory, directory, files)
    const lockText = await readFile(join(directory, LOCK_FILE), 'utf8').catch(absent)
    return { files, ...(lockText === undefined ? {} : { lockText }) }
  } catch (cause) {
    if (cause instanceof SegchainError) throw cause
    throw cannotRead(directory, cause, {
      what: `the intents in ${directory}`,
      hint: 'name a directory of YAML files, for instance examples/cloud-gaming',
    })
  }
}

function absent(cause: unknown): undefined {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
  throw cause
}

async function walk(root: string, directory: string, files: IntentFile[]): Promise<void> {
  const entries = (await readdir(directory, { withFileTypes: true })).sort(byName)
  for (const entry of entries) {
    const path = join(directory, entry.name)
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
    if (entry.isDirectory()) await walk(root, path, files)
    else if (entry.isFile() && /\.ya?ml$/.test(entry.name)) {
      files.push({ file: relative(root, path).split(sep).join('/'), text: await readFile(path, 'utf8') })
      if (files.length > MAX_FILES) throw new Error(`there are more than ${MAX_FILES} YAML files`)
    }
  }
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1
}
