/** Signed distance from `a` to `b` in sequence numbers modulo 2^32 (RFC 9293 §3.4). */
function distance(a: number, b: number): number {
  return (b - a) | 0
}

/** What may wait for a missing segment: more than any window that is in use. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024

/** By then TCP has sent a lost segment again; what comes later was lost by the capture. */
const MAX_WAITING_SECONDS = 30

interface Waiting {
  readonly sequence: number
  readonly bytes: Buffer
}

/** Bytes in order, as valid as the packets that they are of; `gap` is set when some before them were never captured. */
export interface Piece {
  readonly bytes: Buffer
  readonly gap: boolean
}

/**
 * One direction of one TCP connection: segments in any order, repeated or overlapping, to bytes in
 * order. What a capture has lost becomes a gap, never a wait without end.
 */
export class TcpReassembly {
  #next: number | undefined
  #waiting: Waiting[] = []
  #waitingBytes = 0
  #waitingSince = 0
  #afterSynData = false

  /**
   * @param sequence of the first payload byte (behind a SYN: its own number plus one).
   * @param withSyn the segment has SYN set. Captures that were put together by a program may have
   * data there and not count the SYN; what follows then begins one byte early.
   * @param now by the clock of the capture, in seconds: what has been missing for half a minute is a gap.
   */
  push(sequence: number, bytes: Buffer, withSyn = false, now = 0): Piece[] {
    if (this.#afterSynData && this.#next !== undefined && distance(this.#next, sequence) === -1) this.#next = sequence
    this.#afterSynData = withSyn && bytes.length > 0
    // The first segment of a connection is never a gap.
    if (withSyn) this.#next ??= sequence
    if (bytes.length === 0) {
      this.#next ??= sequence
      return []
    }
    // A capture that begins in the middle of a connection begins with a gap.
    const midstream = this.#next === undefined
    this.#next ??= sequence
    // Almost every segment: the next one, with nothing before it missing.
    if (this.#waiting.length === 0 && sequence === this.#next) {
      this.#next = (sequence + bytes.length) >>> 0
      return [{ bytes, gap: midstream }]
    }
    if (this.#waiting.length === 0) this.#waitingSince = now
    // Copied: the packet is a view of a buffer that would otherwise be kept as a whole.
    this.#waiting.push({ sequence, bytes: Buffer.from(bytes) })
    this.#waitingBytes += bytes.length
    const pieces = this.#drain(midstream)
    // What still waits, waits for something else.
    if (pieces.length > 0) this.#waitingSince = now
    const late = this.#waiting.length > 0 && now - this.#waitingSince > MAX_WAITING_SECONDS
    if (late || this.#waitingBytes > MAX_WAITING_BYTES) pieces.push(...this.flush())
    return pieces
  }

  /** Gives up on what is missing: the rest, with gaps. */
  flush(): Piece[] {
    const pieces: Piece[] = []
    while (this.#waiting.length > 0) {
      this.#sort()
      this.#next = this.#waiting[0]?.sequence ?? this.#next
      pieces.push(...this.#drain(true))
    }
    return pieces
  }

  #sort(): void {
    const next = this.#next ?? 0
    this.#waiting.sort((a, b) => distance(next, a.sequence) - distance(next, b.sequence))
  }

  #drain(gap: boolean): Piece[] {
    const pieces: Piece[] = []
    if (this.#waiting.length > 1) this.#sort()
    let taken = 0
    for (const { sequence, bytes } of this.#waiting) {
      const next = this.#next ?? sequence
      const ahead = distance(next, sequence)
      if (ahead > 0) break
      taken++
      this.#waitingBytes -= bytes.length
      const fresh = bytes.subarray(Math.min(bytes.length, -ahead))
      if (fresh.length === 0) continue
      this.#next = (next + fresh.length) >>> 0
      pieces.push({ bytes: fresh, gap: gap && pieces.length === 0 })
    }
    this.#waiting.splice(0, taken)
    return pieces
  }
}
