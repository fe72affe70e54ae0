import { ByteSource, type CaptureOptions, isCapture, type Packet, readCaptureInBatches } from '@segchain/pcap'
import { SegchainError } from '@segchain/records'
import { BgpConnections, type CaptureEvent } from '../capture/bgp-connections.js'
import { BgpFramer } from '../capture/bgp-framer.js'
import { BmpFramer, looksLikeBmp } from '../capture/bmp-framer.js'
import type { Framed } from '../capture/framer.js'
import { looksLikeMrt, readMrt } from '../mrt/read-mrt.js'
import { InputSurvey } from './input-survey.js'
import { looksLikeHex, readHex } from './read-hex.js'

/** What the first bytes of an input say it is. */
export type InputFormat = 'capture' | 'mrt' | 'hex' | 'bmp' | 'bgp'

export interface InputOptions extends CaptureOptions {
  /** Counts what is in a capture. */
  readonly survey?: InputSurvey
}

const HEAD = 64

function formatOf(head: Buffer): InputFormat | undefined {
  if (isCapture(head)) return 'capture'
  if (head.length >= 16 && head.subarray(0, 16).every((byte) => byte === 0xff)) return 'bgp'
  if (looksLikeBmp(head)) return 'bmp'
  if (looksLikeHex(head)) return 'hex'
  return looksLikeMrt(head) ? 'mrt' : undefined
}

/**
 * The messages of a recording, whatever it is: a capture (pcap, pcapng), MRT, lines of hexadecimal
 * text, or a bare stream of BGP or BMP messages. What is readable before damage comes before its error.
 *
 * @throws {SegchainError} category `data`: none of these, or broken (with the offset).
 */
export async function* readInput(
  chunks: AsyncIterable<Uint8Array>,
  options: InputOptions = {},
): AsyncGenerator<CaptureEvent> {
  for await (const events of readInputInBatches(chunks, options)) yield* events
}

/** The same, all messages at once that came at once. */
export async function* readInputInBatches(
  chunks: AsyncIterable<Uint8Array>,
  options: InputOptions = {},
): AsyncGenerator<readonly CaptureEvent[]> {
  const source = new ByteSource(chunks)
  await source.fill(HEAD)
  const head = source.peek(HEAD)
  const format = formatOf(head)
  switch (format) {
    case 'capture':
      return yield* fromPackets(readCaptureInBatches(source, options), options.survey ?? new InputSurvey())
    case 'mrt':
      return yield* each(readMrt(source, options))
    case 'hex':
      return yield* each(readHex(linesOf(source), options))
    case 'bmp':
    case 'bgp':
      return yield* fromStream(source, format)
    default:
      throw new SegchainError({
        category: 'data',
        code: 'NO_CAPTURE',
        message:
          head.length === 0
            ? 'the input is empty'
            : `the input begins with ${head.subarray(0, 8).toString('hex')}: no pcap, pcapng, MRT, BMP, BGP or hexadecimal text`,
        hint: 'record one with: tcpdump -w FILE tcp port 179',
        where: { offset: 0 },
      })
  }
}

async function* each(events: AsyncIterable<CaptureEvent>): AsyncGenerator<readonly CaptureEvent[]> {
  for await (const event of events) yield [event]
}

async function* fromPackets(
  batches: AsyncIterable<readonly Packet[]>,
  survey: InputSurvey,
): AsyncGenerator<readonly CaptureEvent[]> {
  const connections = new BgpConnections(survey)
  let damage: unknown
  try {
    for await (const packets of batches) {
      const events: CaptureEvent[] = []
      for (const packet of packets) connections.push(packet, events)
      if (events.length > 0) yield events
    }
  } catch (error) {
    damage = error
  }
  // What waits for a segment that never came is still to be read, before the damage is told.
  yield connections.end()
  if (damage !== undefined) throw damage
}

async function* fromStream(source: ByteSource, format: 'bmp' | 'bgp'): AsyncGenerator<readonly CaptureEvent[]> {
  const framer = format === 'bmp' ? new BmpFramer() : new BgpFramer()
  const ends = { connection: 0, from: format, to: 'collector' }
  const eventOf = (one: Framed): CaptureEvent => {
    if ('message' in one) return { kind: 'message', message: one.message, ...ends }
    if ('bmp' in one) return { kind: 'bmp', message: one.bmp, ...ends }
    return 'error' in one ? { kind: 'error', error: one.error, ...ends } : { kind: 'lost', bytes: one.skipped, ...ends }
  }
  for (;;) {
    const bytes = await source.readSome()
    if (bytes.length === 0) break
    yield framer.push(bytes, false).map(eventOf)
  }
  yield framer.end().map(eventOf)
  if (framer.pending > 0) yield [{ kind: 'lost', bytes: framer.pending, ...ends }]
}

/** A line is a message: longer than the longest one in hexadecimal with spaces it cannot be. */
const MAX_LINE = 512 * 1024

async function* linesOf(source: ByteSource): AsyncGenerator<string> {
  let rest = ''
  for (;;) {
    const bytes = await source.readSome()
    const lines = (rest + bytes.toString('latin1')).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
    if (bytes.length === 0) break
    if (rest.length > MAX_LINE) {
      throw new SegchainError({ category: 'data', code: 'HEX', message: `a line of more than ${MAX_LINE} characters` })
    }
  }
  if (rest !== '') yield rest
}
