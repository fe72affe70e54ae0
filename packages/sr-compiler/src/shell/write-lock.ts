import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '@segchain/cli-kit'
import type { Plan } from '../compile/compile.js'
import { formatLock, LOCK_FILE } from '../lock/lock-file.js'

/** Keeps what a plan gave out, where it gave out anything. */
export async function writeLock(plan: Plan, directory: string, log: Logger): Promise<void> {
  const added = plan.added.length + plan.addedLocators.length + plan.addedBindings.length
  if (added === 0) return
  await writeFile(join(directory, LOCK_FILE), formatLock(plan.lock))
  log.info(`allocated ${added} SID(s) in ${join(directory, LOCK_FILE)}: commit it`)
}
