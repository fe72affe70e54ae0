import type { Duplex } from 'node:stream'
import type { AnyAuthMethod } from 'ssh2'
import type { KnownHostLine } from './known-hosts/index.js'

/** A host, and how to log in there. */
export interface SshTarget {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly auth: readonly AnyAuthMethod[]
  readonly knownHosts: readonly KnownHostLine[]
  readonly connectTimeoutMs: number
  /** A host that says nothing for three times as long is gone; 0: nobody asks. */
  readonly keepAliveMs: number
  /** Opens a stream to the host, through a jump host. */
  readonly through?: () => Promise<Duplex>
}
