import type { ByteSource, CaptureOptions } from '@segchain/pcap'
import type { CaptureEvent } from '../capture/bgp-connections.js'
import { DecodeError } from '../codec/decode-error.js'
import { decodeMrt, MRT_HEADER_LENGTH, type MrtState, readMrtHeader } from '../codec/mrt/record.js'

/** RFC 6396 has no limit; a record is a message or a prefix with its entries. */
const MAX_RECORD = 16 * 1024 * 1024

/** Whether a file may begin with an MRT record: a type that is assigned, a length that can be. */
export function looksLikeMrt(head: Buffer): boolean {
  if (head.length < MRT_HEADER_LENGTH) return false
  const { type, length } = readMrtHeader(head)
  return [11, 12, 13, 16, 17, 32, 33, 48, 49].includes(type) && length <= MAX_RECORD
}

/** The BGP messages of an MRT file (RFC 6396). A record that is broken inside its length is passed over. */
export async function* readMrt(source: ByteSource, { onDamage }: CaptureOptions = {}): AsyncGenerator<CaptureEvent> {
  const state: MrtState = { peers: [] }
  const connections = new Map<string, number>()
  for (;;) {
    const offset = source.offset
    const head = await source.read(MRT_HEADER_LENGTH)
    if (head.length === 0) return
    const header = head.length === MRT_HEADER_LENGTH ? readMrtHeader(head) : undefined
    const body = header === undefined || header.length > MAX_RECORD ? undefined : await source.read(header.length)
    if (header === undefined || body === undefined || body.length < header.length) {
      const error = new DecodeError({ code: 'MRT', message: 'an MRT record is cut off', path: 'mrt', offset })
      if (onDamage === undefined) throw error
      onDamage(error)
      return
    }
    yield* events(header, body, state, connections)
  }
}

/** @param connections by the address of the peer: what ends the session with one says nothing of the others. */
function* events(
  header: ReturnType<typeof readMrtHeader>,
  body: Buffer,
  state: MrtState,
  connections: Map<string, number>,
): Generator<CaptureEvent> {
  const between = { connection: 0, from: 'mrt', to: 'mrt' }
  try {
    for (const { peer, source, message } of decodeMrt(header, body, state)) {
      const connection = connections.get(peer) ?? connections.size
      connections.set(peer, connection)
      const ends = { connection, from: source.address, to: 'collector' }
      if (message === undefined) yield { kind: 'closed', ...ends }
      else yield { kind: 'message', message, source, ...ends }
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    yield { kind: 'error', error, ...between }
  }
}
