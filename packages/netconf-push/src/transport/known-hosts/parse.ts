/** One line of a known_hosts file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). */
export interface KnownHostLine {
  readonly marker?: 'revoked' | 'cert-authority'
  /** Patterns, or one hashed name. */
  readonly hosts: readonly string[]
  readonly keyType: string
  /** The key in base64, as it stands. */
  readonly key: string
  readonly file: string
  readonly line: number
}

/** Lines that cannot be understood are passed over, as ssh does: they can make nobody trusted. */
export function parseKnownHosts(text: string, file: string): KnownHostLine[] {
  return text.split('\n').flatMap((raw, index) => {
    const words = raw.trim().split(/[ \t]+/)
    if (words[0] === '' || words[0]?.startsWith('#')) return []
    const marker = words[0]?.startsWith('@') ? words.shift()?.slice(1) : undefined
    if (marker !== undefined && marker !== 'revoked' && marker !== 'cert-authority') return []
    const [hosts, keyType, key] = words
    if (hosts === undefined || keyType === undefined || key === undefined) return []
    return [
      { hosts: hosts.split(','), keyType, key, file, line: index + 1, ...(marker === undefined ? {} : { marker }) },
    ]
  })
}
