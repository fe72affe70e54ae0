import { announces, type DeviceFacts, type Unsupported } from '../dialect.js'

/**
 * The `algorithm` of RFC 9020 is an identity, and the RFC has two. A Flex-Algo needs an identity that
 * is derived from `prefix-sid-algorithm`: our module in `yang/` has them, for devices that load it.
 */
export function algorithmIdentity(algorithm: number, facts: DeviceFacts): string | Unsupported {
  if (algorithm === 0) return 'ietf-segment-routing-common:prefix-sid-algorithm-shortest-path'
  if (algorithm === 1) return 'ietf-segment-routing-common:prefix-sid-algorithm-strict-spf'
  if (algorithm < 128) return { unsupported: `algorithm ${algorithm} has no identity in RFC 9020` }
  if (!announces(facts, 'segchain-prefix-sid-algorithms')) {
    return {
      unsupported: `RFC 9020 has no identity for Flex-Algo ${algorithm}, and the device does not announce the module segchain-prefix-sid-algorithms, which has them`,
      hint: 'load yang/segchain-prefix-sid-algorithms.yang into the device, or choose another dialect in its Device intent',
    }
  }
  return `segchain-prefix-sid-algorithms:flex-algo-${algorithm}`
}
