import { SegchainError } from '@segchain/records'
import { ByteSource } from './byte-source.js'
import { isClassicPcap, readClassicPcap, readClassicPcapInBatches } from './classic.js'
import { isPcapng, readPcapng } from './next-generation.js'
import type { CaptureOptions, Packet } from './packet.js'

/** Whether an input that begins with these bytes (4 or more) is a pcap or a pcapng. */
export function isCapture(head: Buffer): boolean {
  const magic = head.length >= 4 ? head.readUInt32BE(0) : 0
  return isClassicPcap(magic) || isPcapng(magic)
}

/**
 * The packets of a capture, pcap or pcapng, by its first bytes. What is readable before damage is given before
 * the damage is thrown.
 * @param input chunks of any size, or a source of which nothing was taken yet.
 * @throws {SegchainError} category `data`: `NO_CAPTURE`, or `CAPTURE_BROKEN` with the offset.
 */
export async function* readCapture(
  input: AsyncIterable<Uint8Array> | ByteSource,
  options: CaptureOptions = {},
): AsyncGenerator<Packet> {
  const source = input instanceof ByteSource ? input : new ByteSource(input)
  await source.fill(4)
  const head = source.peek(4)
  const magic = head.length === 4 ? head.readUInt32BE(0) : 0
  if (isClassicPcap(magic)) yield* readClassicPcap(source, options)
  else if (isPcapng(magic)) yield* readPcapng(source, options)
  else {
    throw new SegchainError({
      category: 'data',
      code: 'NO_CAPTURE',
      message:
        head.length === 0 ? 'the input is empty' : `the input begins with ${head.toString('hex')}: no pcap, no pcapng`,
      hint: 'record one with: tcpdump -U -w FILE',
      where: { offset: 0 },
    })
  }
}

/**
 * As {@link readCapture}, but all the packets that can be had without waiting come at once: a promise for every
 * packet would cost as much as reading it. What comes before damage comes before its error.
 */
export async function* readCaptureInBatches(
  input: AsyncIterable<Uint8Array> | ByteSource,
  options: CaptureOptions = {},
): AsyncGenerator<readonly Packet[]> {
  const source = input instanceof ByteSource ? input : new ByteSource(input)
  await source.fill(4)
  const head = source.peek(4)
  if (head.length === 4 && isClassicPcap(head.readUInt32BE(0))) {
    yield* readClassicPcapInBatches(source, options)
    return
  }
  for await (const packet of readCapture(source, options)) yield [packet]
}
