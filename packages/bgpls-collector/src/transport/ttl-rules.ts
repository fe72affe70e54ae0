import { isIP } from 'node:net'
import type { Endpoint } from '../session/endpoint.js'

/** What the rules are about. */
export interface TtlSecurity {
  /** Of the nftables table: one for each process. */
  readonly table: string
  readonly peers: readonly Endpoint[]
  /** Where we listen. */
  readonly ports: readonly number[]
  /** 1: directly connected. */
  readonly hops: number
}

/**
 * The Generalized TTL Security Mechanism (RFC 5082 §3) as rules of nftables: we send with TTL 255, and what
 * comes with less than 255 less the hops between is dropped before TCP sees it. Pure.
 */
export function ttlRules({ table, peers, ports, hops }: TtlSecurity): string {
  const least = 256 - hops
  const [out, into]: [string[], string[]] = [[], []]
  const both = (sent: string, received: string) => {
    out.push(`${sent} ip ttl set 255`, `${sent} ip6 hoplimit set 255`)
    into.push(`${received} ip ttl < ${least} drop`, `${received} ip6 hoplimit < ${least} drop`)
  }
  for (const { host, port } of peers) {
    const family = isIP(host) === 6 ? 'ip6' : 'ip'
    const field = family === 'ip6' ? 'hoplimit' : 'ttl'
    out.push(`${family} daddr ${host} tcp dport ${port} ${family} ${field} set 255`)
    into.push(`${family} saddr ${host} tcp sport ${port} ${family} ${field} < ${least} drop`)
  }
  for (const port of ports) both(`tcp sport ${port}`, `tcp dport ${port}`)
  const chain = (name: string, hook: string, rules: readonly string[]) =>
    `  chain ${name} {\n    type filter hook ${hook} priority 0; policy accept;\n${rules.map((rule) => `    ${rule}\n`).join('')}  }\n`
  return `table inet ${table} {\n${chain('sent', 'output', out)}${chain('received', 'input', into)}}\n`
}
