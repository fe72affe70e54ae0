import { spawnSync } from 'node:child_process'
import { isIP } from 'node:net'
import { SegchainError } from '@segchain/records/error'
import type { Endpoint } from '../session/endpoint.js'
import { ttlRules } from './ttl-rules.js'

/**
 * Puts the rules of {@link ttlRules} into the kernel. They go with {@link TtlGuard.remove}.
 *
 * @throws {SegchainError} category `usage`: a peer by name, no nft, or no right to use it.
 */
export function guardByTtl(peers: readonly Endpoint[], ports: readonly number[], hops: number): TtlGuard {
  const named = peers.find(({ host }) => isIP(host) === 0)
  if (named !== undefined) throw refused(`${named.host} is a name`, 'give --peer an address: rules are for addresses')
  const table = `segchain_bgpls_${process.pid}`
  const { status, stderr, error } = nft(ttlRules({ table, peers, ports, hops }))
  if (error !== undefined) throw refused('nft cannot be run', 'install nftables')
  if (status !== 0) {
    throw refused(
      stderr.trim().split('\n')[0] ?? 'nft failed',
      'it needs CAP_NET_ADMIN; or put the rules in yourself, as docs/decisions/0102 shows them',
    )
  }
  return { remove: () => void nft(`delete table inet ${table}`) }
}

export interface TtlGuard {
  remove(): void
}

function nft(rules: string) {
  return spawnSync('nft', ['-f', '-'], { input: rules, encoding: 'utf8', timeout: 10_000 })
}

function refused(why: string, hint: string): SegchainError {
  return new SegchainError({ category: 'usage', code: 'TTL_SECURITY', message: `--ttl-security: ${why}`, hint })
}
