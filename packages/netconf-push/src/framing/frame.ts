/** The end-of-message mark of NETCONF 1.0 (RFC 6242 §4.3), also around the hello of 1.1. */
export const END_OF_MESSAGE = ']]>]]>'

export type Framing = '1.0' | '1.1'

/** A message as bytes on the wire. A string of JavaScript (2^29 characters at most) always fits into one chunk. */
export function frame(message: string, framing: Framing): Buffer {
  if (framing === '1.0') return Buffer.from(message + END_OF_MESSAGE)
  return Buffer.from(`\n#${Buffer.byteLength(message)}\n${message}\n##\n`)
}
