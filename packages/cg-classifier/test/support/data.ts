import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Real captures are not part of the project: `SEGCHAIN_DATA` names their folder, or they lie beside the project. */
export function dataFolder(): string | undefined {
  const candidates = [process.env.SEGCHAIN_DATA, join(import.meta.dirname, '../../../../../../shared/data')]
  return candidates.find((folder) => folder !== undefined && existsSync(join(folder, 'traffic')))
}

export const NO_DATA = 'real captures are missing: SEGCHAIN_DATA names their folder'
