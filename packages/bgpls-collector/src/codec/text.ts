import type { ByteReader } from './reader.js'

/** A name: ASCII by the RFC, UTF-8 where a peer sends it; control characters become U+FFFD. */
export function readText(value: ByteReader): string {
  return value
    .rest()
    .toString('utf8')
    .replace(/\p{Cc}/gu, '�')
}
