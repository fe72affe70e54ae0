import type { ConnectOptions } from '../netconf/open-device.js'

export interface TargetOptions extends ConnectOptions {
  /** Elements that cannot be said: an error, or gone on without. */
  readonly unsupported: 'error' | 'skip'
}
