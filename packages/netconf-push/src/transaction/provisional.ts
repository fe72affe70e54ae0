import type { Provisional } from './target.js'

/** Long enough for what follows it at once: the confirmation. */
const SHORT_TIMEOUT_S = 120

/** For a commit that is confirmed as soon as it was read back. */
export function newProvisionalOf(id: string): Provisional {
  return { id, timeoutS: SHORT_TIMEOUT_S }
}
