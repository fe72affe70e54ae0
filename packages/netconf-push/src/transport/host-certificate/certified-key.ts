import { SegchainError } from '@segchain/records'
import { globMatches, type KnownHostLine, knownHostName, lineMatches } from '../known-hosts/index.js'
import { type HostCertificate, parseCertificate } from './parse-certificate.js'
import { verifySignature } from './verify-signature.js'

/** The lines of known_hosts that say who may certify this host; a line without the port counts too, as for ssh. */
export function authoritiesOf(lines: readonly KnownHostLine[], host: string, port: number): KnownHostLine[] {
  return lines.filter(
    (line) =>
      line.marker === 'cert-authority' &&
      (lineMatches(line, knownHostName(host, port)) || lineMatches(line, host.toLowerCase())),
  )
}

/**
 * The key that a certificate says this host has, checked as sshd(8) and PROTOCOL.certkeys have it.
 *
 * @throws {SegchainError} category `connect`, code `HOST_CERTIFICATE`.
 */
export function certifiedKey(
  blob: Buffer,
  lines: readonly KnownHostLine[],
  host: string,
  port: number,
  nowS: number,
): Buffer {
  const certificate = parseCertificate(blob)
  const trouble = troubleWith(certificate, lines, host, port, BigInt(Math.floor(nowS)))
  if (trouble === undefined) return certificate.key
  throw new SegchainError({
    category: 'connect',
    code: 'HOST_CERTIFICATE',
    message: `the host certificate of ${knownHostName(host, port)} (${certificate.id}) does not count: ${trouble}`,
    hint: 'ssh-keygen -L -f shows what is in a certificate; ssh-keygen -s CA -h -n NAME signs one for a host',
  })
}

function troubleWith(
  certificate: HostCertificate,
  lines: readonly KnownHostLine[],
  host: string,
  port: number,
  nowS: bigint,
): string | undefined {
  const authority = certificate.authority.toString('base64')
  const name = host.toLowerCase()
  if (!authoritiesOf(lines, host, port).some((line) => line.key === authority)) {
    return 'it was signed by another authority than known_hosts has for this host'
  }
  if (lines.some((line) => line.marker === 'revoked' && line.key === authority && lineMatches(line, name))) {
    return 'its authority is revoked'
  }
  if (!verifySignature(certificate.authority, certificate.signature, certificate.signed)) {
    return 'its signature is wrong'
  }
  if (certificate.type !== 2) return 'it is for a user, not for a host'
  if (certificate.hasCriticalOptions) return 'it has critical options, and none is known for hosts'
  if (nowS < certificate.validAfter) return 'it is not valid yet'
  if (nowS >= certificate.validBefore) return 'it has expired'
  const { principals } = certificate
  if (principals.length > 0 && !principals.some((principal) => globMatches(principal, name))) {
    return `it is for ${principals.join(', ')}`
  }
  return undefined
}
