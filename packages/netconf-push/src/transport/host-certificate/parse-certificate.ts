import { SegchainError } from '@segchain/records'
import { sshString, WireReader } from './wire-reader.js'

/** An OpenSSH certificate (PROTOCOL.certkeys of OpenSSH). */
export interface HostCertificate {
  /** The public key that is certified, in the form of RFC 4253 §6.6. */
  readonly key: Buffer
  /** 1 user, 2 host. */
  readonly type: number
  readonly id: string
  /** Names it is valid for; empty: any. */
  readonly principals: readonly string[]
  /** Seconds since 1970. */
  readonly validAfter: bigint
  readonly validBefore: bigint
  readonly hasCriticalOptions: boolean
  /** Of the authority, in the form of RFC 4253 §6.6. */
  readonly authority: Buffer
  readonly signature: Buffer
  /** What the signature is over. */
  readonly signed: Buffer
}

/** Certificate type → key type, and how many fields the key has. */
const types: ReadonlyMap<string, { readonly plain: string; readonly fields: number }> = new Map([
  ['ssh-ed25519-cert-v01@openssh.com', { plain: 'ssh-ed25519', fields: 1 }],
  ['ssh-rsa-cert-v01@openssh.com', { plain: 'ssh-rsa', fields: 2 }],
  ...['256', '384', '521'].map(
    (size) =>
      [`ecdsa-sha2-nistp${size}-cert-v01@openssh.com`, { plain: `ecdsa-sha2-nistp${size}`, fields: 2 }] as const,
  ),
])

/** @throws {SegchainError} category `data`: no certificate of a type that we know, or a broken one. */
export function parseCertificate(blob: Buffer): HostCertificate {
  const reader = new WireReader(blob)
  const name = reader.text()
  const known = types.get(name)
  if (known === undefined) {
    throw new SegchainError({
      category: 'data',
      code: 'HOST_CERTIFICATE',
      message: `${name.slice(0, 64)} is no type of host certificate that is known here`,
    })
  }
  reader.string() // nonce
  const fields = Array.from({ length: known.fields }, () => sshString(reader.string()))
  const key = Buffer.concat([sshString(known.plain), ...fields])
  reader.uint64() // serial
  const type = reader.uint32()
  const id = reader.text()
  const principals = listOf(reader.string())
  const validAfter = reader.uint64()
  const validBefore = reader.uint64()
  const hasCriticalOptions = reader.string().length > 0
  reader.string() // extensions: none has a meaning for hosts
  reader.string() // reserved
  const authority = reader.string()
  const signed = blob.subarray(0, reader.offset)
  const signature = reader.string()
  return { key, type, id, principals, validAfter, validBefore, hasCriticalOptions, authority, signature, signed }
}

function listOf(bytes: Buffer): string[] {
  const reader = new WireReader(bytes)
  const list: string[] = []
  while (!reader.atEnd) list.push(reader.text())
  return list
}
