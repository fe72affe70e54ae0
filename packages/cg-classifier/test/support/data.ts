import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Real captures are not part of the project: `SEGCHAIN_DATA` names their folder. */
export function dataFolder(): string | undefined {
  const folder = process.env.SEGCHAIN_DATA
  return folder !== undefined && existsSync(join(folder, 'traffic')) ? folder : undefined
}

export const NO_DATA = 'real captures are missing: SEGCHAIN_DATA names their folder'
