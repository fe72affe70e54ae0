import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { SegchainError } from '@segchain/records'
import { sshString, WireReader } from './wire-reader.js'

/**
 * Asks a server for its host certificate, as far into the key exchange as it takes (RFC 4253 §7, §8;
 * RFC 5656 §4), because ssh2 cannot negotiate the algorithms of certificates. Who gives us the certificate
 * does not matter: its signature says which key the host has, and the connection proves that key after.
 *
 * @returns the certificate as it came, or nothing when the server has none.
 * @throws {SegchainError} category `connect` when the server is gone, late, or speaks no SSH.
 */
export function fetchCertificate(stream: Duplex, timeoutMs: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0)
    let greeted = false
    const end = (settle: () => void): void => {
      clearTimeout(timer)
      stream.removeAllListeners('data')
      stream.on('error', () => undefined)
      stream.destroy()
      settle()
    }
    const fail = (why: string, cause?: unknown): void => end(() => reject(noCertificate(why, cause)))
    const timer = setTimeout(() => fail(`no answer within ${timeoutMs / 1000} s`), timeoutMs)
    stream.on('error', (cause) => fail('the connection broke', cause))
    stream.on('close', () => fail('the server closed the connection'))
    stream.on('data', (bytes: Buffer) => {
      received = Buffer.concat([received, bytes])
      if (received.length > MAX_BYTES) return fail('the server sends too much')
      try {
        if (!greeted) {
          const rest = afterIdentification(received)
          if (rest === undefined) return
          greeted = true
          received = rest
        }
        for (let packet = takePacket(received); packet !== undefined; packet = takePacket(received)) {
          received = packet.rest
          const { payload } = packet
          if (payload[0] === KEXINIT) {
            if (!offersCertificate(payload)) return end(() => resolve(undefined))
            stream.write(toPacket(Buffer.concat([Buffer.from([KEX_ECDH_INIT]), sshString(ephemeralKey())])))
          } else if (payload[0] === KEX_ECDH_REPLY) {
            const certificate = Buffer.from(new WireReader(payload.subarray(1)).string())
            return end(() => resolve(certificate))
          } else if (payload[0] === DISCONNECT) return end(() => resolve(undefined))
        }
      } catch (cause) {
        fail('what the server said is no SSH', cause)
      }
    })
    stream.write('SSH-2.0-segchain\r\n')
    stream.write(toPacket(kexInit()))
  })
}

const DISCONNECT = 1
const KEXINIT = 20
const KEX_ECDH_INIT = 30
const KEX_ECDH_REPLY = 31
const MAX_BYTES = 256 * 1024

export const certificateAlgorithms = [
  'ssh-ed25519-cert-v01@openssh.com',
  'ecdsa-sha2-nistp256-cert-v01@openssh.com',
  'ecdsa-sha2-nistp384-cert-v01@openssh.com',
  'ecdsa-sha2-nistp521-cert-v01@openssh.com',
  'rsa-sha2-512-cert-v01@openssh.com',
  'rsa-sha2-256-cert-v01@openssh.com',
]

/** RFC 4253 §7.1. Nothing is ever encrypted here, but both sides must agree on something. */
function kexInit(): Buffer {
  const ciphers = 'aes128-ctr,aes256-ctr,aes128-gcm@openssh.com,aes256-gcm@openssh.com,chacha20-poly1305@openssh.com'
  const macs = 'hmac-sha2-256,hmac-sha2-512,hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com'
  const kex = 'curve25519-sha256,curve25519-sha256@libssh.org'
  const lists = [kex, certificateAlgorithms.join(','), ciphers, ciphers, macs, macs, 'none', 'none', '', '']
  return Buffer.concat([
    Buffer.from([KEXINIT]),
    randomBytes(16),
    ...lists.map((list) => sshString(list)),
    Buffer.alloc(5),
  ])
}

function offersCertificate(payload: Buffer): boolean {
  const reader = new WireReader(payload.subarray(17))
  reader.string()
  return reader
    .text()
    .split(',')
    .some((name) => certificateAlgorithms.includes(name))
}

/** An X25519 public key: 32 bytes at the end of its DER form (RFC 8410). */
function ephemeralKey(): Buffer {
  return generateKeyPairSync('x25519').publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
}

/** RFC 4253 §4.2: the server may send other lines before its identification. */
function afterIdentification(bytes: Buffer): Buffer | undefined {
  let at = 0
  for (let end = bytes.indexOf('\n', at); end >= 0; end = bytes.indexOf('\n', at)) {
    const line = bytes.toString('latin1', at, end)
    at = end + 1
    if (line.startsWith('SSH-')) return bytes.subarray(at)
  }
  return undefined
}

/** RFC 4253 §6: length, length of the padding, payload, padding. */
function takePacket(bytes: Buffer): { payload: Buffer; rest: Buffer } | undefined {
  if (bytes.length < 5) return undefined
  const length = bytes.readUInt32BE()
  if (length > MAX_BYTES) throw new Error(`a packet of ${length} bytes`)
  if (bytes.length < 4 + length) return undefined
  const payload = bytes.subarray(5, 4 + length - (bytes[4] ?? 0))
  return { payload, rest: bytes.subarray(4 + length) }
}

function toPacket(payload: Buffer): Buffer {
  const padding = 8 + ((8 - ((5 + payload.length) % 8)) % 8)
  const head = Buffer.alloc(5)
  head.writeUInt32BE(1 + payload.length + padding)
  head[4] = padding
  return Buffer.concat([head, payload, randomBytes(padding)])
}

function noCertificate(why: string, cause?: unknown): SegchainError {
  return new SegchainError({
    category: 'connect',
    code: 'HOST_CERTIFICATE',
    message: `the host certificate could not be had: ${why}`,
    ...(cause === undefined ? {} : { cause }),
  })
}
