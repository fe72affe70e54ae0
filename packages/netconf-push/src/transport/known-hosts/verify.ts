import { createHash } from 'node:crypto'
import { SegchainError } from '@segchain/records'
import { knownHostName, lineMatches } from './match.js'
import type { KnownHostLine } from './parse.js'

/** @throws {SegchainError} category `connect`: HOST_KEY_REVOKED, HOST_KEY_CHANGED, HOST_KEY_UNKNOWN. */
export function verifyHostKey(lines: readonly KnownHostLine[], host: string, port: number, key: Buffer): void {
  const name = knownHostName(host, port)
  const relevant = lines.filter((line) => lineMatches(line, name))
  const presented = key.toString('base64')
  const type = keyTypeOf(key)
  const revoked = relevant.find((line) => line.marker === 'revoked' && line.key === presented)
  if (revoked !== undefined)
    throw refused(
      'HOST_KEY_REVOKED',
      `the host key of ${name} (${type} ${fingerprint(key)}) is revoked`,
      REVOKED_HINT,
      revoked,
    )
  const plain = relevant.filter((line) => line.marker === undefined)
  if (plain.some((line) => line.key === presented)) return
  const sameType = plain.find((line) => line.keyType === type)
  if (sameType !== undefined) {
    throw refused(
      'HOST_KEY_CHANGED',
      `THE HOST KEY OF ${name} HAS CHANGED: it shows ${type} ${fingerprint(key)}, and known is ${fingerprint(Buffer.from(sameType.key, 'base64'))}. Somebody may be listening in, or the device got a new key`,
      'find out which; only if it really has a new key, replace the line that is named here',
      sameType,
    )
  }
  throw refused(
    'HOST_KEY_UNKNOWN',
    `the host key of ${name} (${type} ${fingerprint(key)}) is not known`,
    unknownHint(name, key),
  )
}

/** The line that makes this key known. */
export function knownHostLine(host: string, port: number, key: Buffer): string {
  return `${knownHostName(host, port)} ${keyTypeOf(key)} ${key.toString('base64')}`
}

export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
}

/** The type stands in the key itself: a length and a name (RFC 4253 §6.6). */
export function keyTypeOf(key: Buffer): string {
  const length = key.length >= 4 ? key.readUInt32BE(0) : 0
  return key.toString('latin1', 4, 4 + Math.min(length, 64)).replace(/[^\x21-\x7e]/g, '?')
}

const REVOKED_HINT = 'give the device a new host key, and its line in place of the revoked one'

function unknownHint(name: string, key: Buffer): string {
  const line = `${name} ${keyTypeOf(key)} ${key.toString('base64')}`
  return `compare the fingerprint with the device's console, then add this line to known_hosts: ${line}`
}

function refused(code: string, message: string, hint: string, line?: KnownHostLine): SegchainError {
  return new SegchainError({
    category: 'connect',
    code,
    message,
    hint,
    ...(line === undefined ? {} : { where: { file: line.file, line: line.line } }),
  })
}
