import { type CompileInput, type CompileResult, compileKeeping } from '../compile.js'
import { Kept, type Left } from './kept.js'

/**
 * Compiles again and again, as a network changes. The result is that of `compile`, byte for byte; what a
 * change of links cannot have touched is not computed again. Every other change (nodes, prefixes,
 * intents, the lock) begins anew, and so does whatever follows an error.
 */
export class Compilation {
  #left: Left | undefined
  /** Chains that the last call chose; the others were right still. */
  chosen = 0

  compile(input: CompileInput): CompileResult {
    const kept = new Kept(this.#left)
    this.#left = undefined
    const result = compileKeeping(input, kept)
    const { plan } = result
    const { now, proofs, unreached = [] } = kept
    this.chosen = now?.chains.chosen ?? 0
    if (plan !== undefined && now !== undefined && proofs !== undefined) {
      this.#left = { input, plan, ...now, unreached, proofs }
    }
    return result
  }
}
