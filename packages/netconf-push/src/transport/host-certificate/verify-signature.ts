import { createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto'
import { WireReader } from './wire-reader.js'

/** Whether a key (RFC 4253 §6.6) has made a signature (`string` algorithm, `string` signature). No SHA-1. */
export function verifySignature(key: Buffer, signature: Buffer, data: Buffer): boolean {
  try {
    const reader = new WireReader(signature)
    const algorithm = reader.text()
    const bytes = reader.string()
    const hash = hashOf.get(algorithm)
    const type = new WireReader(key).text()
    if (hash === undefined || type !== (algorithm.startsWith('rsa-') ? 'ssh-rsa' : algorithm)) return false
    const publicKey = toKeyObject(key)
    if (!type.startsWith('ecdsa-')) return verify(hash === 'none' ? null : hash, data, publicKey, bytes)
    return verify(hash, data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, fixedLength(bytes, sizeOf(type)))
  } catch {
    return false
  }
}

const hashOf: ReadonlyMap<string, string> = new Map([
  ['ssh-ed25519', 'none'],
  ['rsa-sha2-256', 'sha256'],
  ['rsa-sha2-512', 'sha512'],
  ['ecdsa-sha2-nistp256', 'sha256'],
  ['ecdsa-sha2-nistp384', 'sha384'],
  ['ecdsa-sha2-nistp521', 'sha512'],
])

function toKeyObject(key: Buffer): KeyObject {
  const reader = new WireReader(key)
  const type = reader.text()
  const encode = (bytes: Buffer): string => bytes.toString('base64url')
  let jwk: JsonWebKey
  if (type === 'ssh-ed25519') jwk = { kty: 'OKP', crv: 'Ed25519', x: encode(reader.string()) }
  else if (type === 'ssh-rsa') {
    const e = encode(unsigned(reader.string()))
    jwk = { kty: 'RSA', e, n: encode(unsigned(reader.string())) }
  } else {
    const curve = reader.text().replace('nistp', 'P-')
    const point = reader.string()
    const size = sizeOf(type)
    // An uncompressed point: 4, x, y (RFC 5656 §3.1).
    if (point[0] !== 4 || point.length !== 1 + 2 * size) throw new Error('compressed point')
    jwk = { kty: 'EC', crv: curve, x: encode(point.subarray(1, 1 + size)), y: encode(point.subarray(1 + size)) }
  }
  return createPublicKey({ key: jwk, format: 'jwk' })
}

/** Bytes of a coordinate. */
function sizeOf(type: string): number {
  return Math.ceil(Number(type.slice(-3)) / 8)
}

/** r and s as `mpint` (RFC 5656 §3.1.2), to fixed length. */
function fixedLength(bytes: Buffer, size: number): Buffer {
  const reader = new WireReader(bytes)
  return Buffer.concat(
    [reader.string(), reader.string()].map((part) => {
      const value = unsigned(part)
      return Buffer.concat([Buffer.alloc(Math.max(0, size - value.length)), value])
    }),
  )
}

function unsigned(mpint: Buffer): Buffer {
  return mpint[0] === 0 ? mpint.subarray(1) : mpint
}
