import type { ByteReader } from '../reader.js'
import type { NodeDescriptor } from './node-descriptor.js'

/** A descriptor that was read already, and the ids made of it. */
export interface KnownNode {
  readonly descriptor: NodeDescriptor
  /** Without protocol and instance. */
  readonly part: string
  /** By what stands before the part: `isis-l2:0:`. */
  readonly ids: Map<string, string>
}

/**
 * Node descriptors by their bytes. A link names two nodes, a prefix one: most descriptors of a session were there
 * before, and reading one again would give the same text once more. It belongs to a session and goes with it.
 */
export class NodeCache {
  readonly #nodes = new Map<string, KnownNode>()
  readonly #limit: number

  /** @param limit of nodes; above it everything is forgotten, so that a peer cannot fill the memory. */
  constructor(limit = 100_000) {
    this.#limit = limit
  }

  /** @param value whose bytes are the descriptor; read by `read` only when it is new. */
  get(value: ByteReader, read: (value: ByteReader) => KnownNode): KnownNode {
    const key = value.bytes.toString('latin1', value.position, value.end)
    const known = this.#nodes.get(key)
    if (known !== undefined) return known
    const made = read(value)
    if (this.#nodes.size >= this.#limit) this.#nodes.clear()
    this.#nodes.set(key, made)
    return made
  }
}
