// Lines of sessions as the data plane leaves them when every session has just sent a packet (bpf/src/line.h): a warm-up
// that is not at the mercy of the machine.
import { LABEL, NEXT } from './frames.mjs'
import { word } from './lab.mjs'

const LINE = 64
const PLACE = 32
const STACK = 64
const STACKS = 4096
const wrap = (value) => BigInt.asUintN(64, value)

/** Places of sessions, by key; the sum of each, as far as it depends on the key. */
export class Lines {
  #lines
  #sums = []
  #lab

  constructor(lab, keys) {
    this.#lab = lab
    this.#lines = Buffer.alloc(lab.sessionLines * LINE)
    const used = new Uint8Array(lab.sessionLines)
    for (const key of keys) {
      const own = mix(key) & (lab.sessionLines - 1)
      const line = [own, own ^ 1].find((one) => used[one] < 2)
      if (line === undefined) continue
      const at = line * LINE + PLACE * used[line]++
      key.copy(this.#lines, at)
      const [low, high] = [key.readBigUInt64LE(0), key.readBigUInt64LE(8)]
      const sum = (low ^ 0x9e3779b97f4a7c15n) * 0xd6e8feb86659fd93n + (high ^ 0xbf58476d1ce4e5b9n) * 0xff51afd7ed558ccdn
      this.#sums.push([at, wrap(sum)])
    }
  }

  /** Everyone has sent just now. */
  async write() {
    // CLOCK_MONOTONIC, as the data plane counts it.
    const seen = Number(process.hrtime.bigint() >> 30n)
    const stack = Buffer.alloc(STACK)
    stack.writeUInt32LE(LABEL, 0)
    stack[12] = 1
    stack.writeUInt32BE(((NEXT << 12) | 0x140) >>> 0, 16)
    const index = mix(stack.subarray(0, 48)) & (STACKS - 1)
    const last = (BigInt(index) << 32n) | BigInt(seen)
    let common = (last ^ 0x94d049bb133111ebn) * 0xc4ceb9fe1a85ec53n
    for (let i = 0n; i < 6n; i++) {
      const factor = wrap(0x9fb21c651e98df25n + 0x6a09e667f3bcc908n * i)
      common += (stack.readBigUInt64LE(Number(i) * 8) ^ (0x2545f4914f6cdd1dn + i)) * factor
    }
    for (const [at, sum] of this.#sums) {
      const all = wrap(sum + common)
      this.#lines.writeBigUInt64LE(all ^ (all >> 32n), at + 16)
      this.#lines.writeUInt32LE(seen, at + 24)
      this.#lines.writeUInt32LE(index, at + 28)
    }
    stack.writeUInt32LE(seen, 48)
    await this.#lab.proxy.tables.get('line_stacks').set(word(index), stack)
    const table = this.#lab.proxy.tables.get('session_lines4')
    for (let from = 0; from < this.#lab.sessionLines; from += 65_536) {
      const entries = Array.from({ length: Math.min(65_536, this.#lab.sessionLines - from) }, (_, i) => ({
        key: word(from + i),
        value: this.#lines.subarray((from + i) * LINE, (from + i + 1) * LINE),
      }))
      await table.setAll(entries)
    }
  }
}

/** sr_mix of bpf/src/session.h. */
export function mix(bytes) {
  let hash = 0x9e3779b9
  for (let at = 0; at < bytes.length; at += 4) {
    hash = Math.imul(hash ^ bytes.readUInt32LE(at), 0x85ebca6b) >>> 0
    hash = (hash ^ (hash >>> 15)) >>> 0
  }
  return hash
}
