import { SegchainError } from '@segchain/records'
import { ByteSource } from './byte-source.js'
import { isClassicPcap, readClassicPcap } from './classic.js'
import { isPcapng, readPcapng } from './next-generation.js'
import type { Packet } from './packet.js'

/**
 * The packets of a capture, pcap or pcapng, by its first bytes.
 * @throws {SegchainError} category `data`: `NO_CAPTURE`, or `CAPTURE_BROKEN` with the offset.
 */
export async function* readCapture(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Packet> {
  const source = new ByteSource(chunks)
  await source.fill(4)
  const head = source.peek(4)
  const magic = head.length === 4 ? head.readUInt32BE(0) : 0
  if (isClassicPcap(magic)) yield* readClassicPcap(source)
  else if (isPcapng(magic)) yield* readPcapng(source)
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
