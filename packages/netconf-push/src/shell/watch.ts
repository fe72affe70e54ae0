import type { Logger, Progress } from '@segchain/cli-kit'
import type { Watch } from '../transaction/watch.js'

/** A line for each device on a terminal, and what needs to be known in the log. */
export function createWatch(progress: Progress, log: Logger): Watch {
  return {
    phase: (device, phase) => {
      progress.update(device, phase)
      log.debug(`${device}: ${phase}`)
    },
    note: (device, text) => log.warn(`${device}: ${text}`),
    trouble: (_device, error) => log.warn(error),
  }
}
