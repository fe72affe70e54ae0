import type { Logger } from '@segchain/cli-kit'
import type { Rib } from '../rib/rib.js'
import { saveState } from './state-file.js'

const INTERVAL_MS = 10_000

/** Saves the topology every ten seconds, and when asked. A disk that is full is a warning, not an end. */
export class StateKeeper {
  readonly #path: string
  readonly #rib: Rib
  readonly #log: Logger
  readonly #timer: NodeJS.Timeout

  constructor(path: string, rib: Rib, log: Logger) {
    this.#path = path
    this.#rib = rib
    this.#log = log
    this.#timer = setInterval(() => void this.#write(), INTERVAL_MS)
  }

  /** The last time: nothing is saved after it. */
  async save(): Promise<void> {
    clearInterval(this.#timer)
    await this.#write()
  }

  async #write(): Promise<void> {
    try {
      await saveState(this.#path, this.#rib.snapshot(), '1')
    } catch (error) {
      this.#log.warn(`cannot save the state: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
}
