import { SegchainError } from '@segchain/records'
import type { CaptureEvent } from '../capture/bgp-connections.js'
import { decodeOpen, type Open } from '../codec/bgp/open.js'
import { decodeUpdate } from '../codec/bgp/update.js'
import { withoutPathIdentifiers } from '../codec/bgp/without-path-identifiers.js'
import { DecodeError } from '../codec/decode-error.js'
import { MESSAGE } from '../codec/iana/bgp-parameters.js'
import { readInput } from './read-input.js'

/** What one speaker sent in a capture: its OPEN and its link-state UPDATEs, in order. */
export interface RecordedSession {
  /** Address of the speaker. */
  readonly from: string
  readonly open?: Open
  readonly updates: readonly Buffer[]
}

interface Recording {
  readonly from: string
  open?: Open
  readonly updates: Buffer[]
}

/**
 * The speaker of a capture that sent the most link-state UPDATEs. End-of-RIBs are left out: who sends
 * the UPDATEs again knows where their end is.
 *
 * @throws {SegchainError} category `data` when no UPDATE in it is about link state.
 */
export async function readRecordedSession(chunks: AsyncIterable<Uint8Array>): Promise<RecordedSession> {
  const recordings = new Map<string, Recording>()
  for await (const event of readInput(chunks)) record(event, recordings)
  const [best] = [...recordings.values()].sort((a, b) => b.updates.length - a.updates.length)
  if (best === undefined || best.updates.length === 0) {
    throw new SegchainError({
      category: 'data',
      code: 'NO_UPDATES',
      message: 'the capture has no BGP UPDATE with link state (AFI 16388, SAFI 71)',
    })
  }
  return best
}

function record(event: CaptureEvent, recordings: Map<string, Recording>): void {
  if (event.kind !== 'message') return
  const from = event.source?.address ?? event.from
  const key = `${event.connection} ${from}`
  const recording = recordings.get(key) ?? { from, updates: [] }
  recordings.set(key, recording)
  const { message } = event
  if (message.type === MESSAGE.open) recording.open = decodeOpen(message)
  // Copied: the message is a view of the reassembly's buffer.
  else if (message.type === MESSAGE.update && isLinkState(message.bytes))
    recording.updates.push(Buffer.from(withoutPathIdentifiers(message.bytes)))
}

function isLinkState(bytes: Buffer): boolean {
  try {
    const { announced, withdrawn, problems } = decodeUpdate({ type: MESSAGE.update, bytes }, {})
    return announced.length + withdrawn.length + problems.length > 0
  } catch (error) {
    if (error instanceof DecodeError) return false
    throw error
  }
}
