import ssh2 from 'ssh2'

export interface KeyPair {
  /** OpenSSH form. */
  readonly private: string
  /** As in authorized_keys. */
  readonly public: string
}

/** An Ed25519 key pair. ssh2 1.17 makes one now and then (some in a hundred) that it cannot read itself: not those. */
export function generateKeyPair(): KeyPair {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519')
    const parsed = [ssh2.utils.parseKey(pair.private), ssh2.utils.parseKey(pair.public)]
    if (!parsed.some((key) => key instanceof Error)) return pair
  }
}
