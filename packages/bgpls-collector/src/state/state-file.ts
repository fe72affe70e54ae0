import { readFile, rename, writeFile } from 'node:fs/promises'
import { SegchainError, type TopologyRecord, validateRecord } from '@segchain/records'
import { isTopology } from '../diff/topology-state.js'

const SCHEMA = 'segchain.topology/1'

/**
 * The records of a state file; none when there is no file yet.
 * @throws {SegchainError} category `usage` when it cannot be read, `data` with the line when it is broken.
 */
export async function loadState(path: string): Promise<TopologyRecord[]> {
  const text = await read(path)
  const records: TopologyRecord[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue
    try {
      const record = validateRecord(SCHEMA, JSON.parse(line))
      if (isTopology(record)) records.push(record)
    } catch (cause) {
      throw new SegchainError({
        category: 'data',
        code: 'STATE',
        message: `the state file is broken: ${cause instanceof Error ? cause.message : String(cause)}`,
        hint: 'remove it to begin without a state',
        where: { file: path, line: index + 1 },
        cause,
      })
    }
  }
  return records
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return ''
    throw new SegchainError({
      category: 'usage',
      code: 'STATE',
      message: `cannot read the state file ${path}: ${cause instanceof Error ? cause.message : String(cause)}`,
      where: { file: path },
      cause,
    })
  }
}

/** Writes a state file beside the old one and puts it in its place: a crash leaves one of both, whole. */
export async function saveState(path: string, records: readonly TopologyRecord[], version: string): Promise<void> {
  const header = { kind: 'header', schema: SCHEMA, tool: 'bgpls-collector', version }
  const next = `${path}.next`
  await writeFile(next, [header, ...records].map((record) => `${JSON.stringify(record)}\n`).join(''))
  await rename(next, path)
}
