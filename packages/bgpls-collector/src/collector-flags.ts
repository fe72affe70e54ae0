import { Flags } from '@segchain/cli-kit'
import { sessionFlags } from './session-flags.js'

/** Where BGP-LS comes from; the same in every command that collects. */
export const collectorFlags = {
  peer: Flags.string({ summary: 'connect to HOST[:PORT] (port 179)', multiple: true, helpValue: 'HOST[:PORT]' }),
  listen: Flags.string({
    summary: 'wait for peers here; the default when there is no --peer; fd:N: on a socket that was handed over',
    helpValue: 'HOST[:PORT]|fd:N',
  }),
  bmp: Flags.string({ summary: 'be a BMP station here (port 11019)', helpValue: 'HOST[:PORT]' }),
  allow: Flags.string({
    summary: 'peers that may connect: an address or a prefix; needed when --listen is not loopback',
    multiple: true,
    helpValue: 'PREFIX',
  }),
  ...sessionFlags,
  'ttl-security': Flags.integer({
    summary: 'only peers at most so many hops away (GTSM, RFC 5082), by rules of nftables; needs CAP_NET_ADMIN',
    min: 1,
    max: 254,
    helpValue: 'HOPS',
  }),
  'tcp-md5': Flags.string({ summary: 'not possible from here: says what is', hidden: true }),
  quiet: Flags.string({ summary: 'seconds of silence that end an initial dump without End-of-RIB', default: '3' }),
  'max-stale': Flags.string({
    summary: 'keep the topology of a peer that restarts gracefully for at most so many seconds',
    default: '300',
  }),
  'max-sessions': Flags.integer({ summary: 'refuse more connections than this', default: 256, min: 1 }),
  spf: Flags.boolean({ summary: 'offer BGP-LS-SPF (SAFI 80, RFC 9815) too: its objects come as another table' }),
  'offer-ipv4': Flags.boolean({ summary: 'offer IPv4 unicast too (and skip it): some peers insist, as ExaBGP 4' }),
  strict: Flags.boolean({
    summary: 'discard an NLRI whose TLVs do not ascend (RFC 9552 §8.2.2), instead of reading it',
  }),
}
