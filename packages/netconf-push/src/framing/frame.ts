/** The end-of-message mark of NETCONF 1.0 (RFC 6242 §4.3), also around the hello of 1.1. */
export const END_OF_MESSAGE = ']]>]]>'

export type Framing = '1.0' | '1.1'

/** RFC 6242 §4.2: a chunk is 1 to 4294967295 octets. */
const MAX_CHUNK = 0xffff_ffff

/** A message as bytes on the wire. */
export function frame(message: string, framing: Framing): Buffer {
  if (framing === '1.0') return Buffer.from(message + END_OF_MESSAGE)
  const body = Buffer.from(message)
  const parts: Buffer[] = []
  for (let offset = 0; offset < body.length; offset += MAX_CHUNK) {
    const chunk = body.subarray(offset, offset + MAX_CHUNK)
    parts.push(Buffer.from(`\n#${chunk.length}\n`), chunk)
  }
  parts.push(Buffer.from('\n##\n'))
  return Buffer.concat(parts)
}
