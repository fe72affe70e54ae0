import { Flags } from '@segchain/cli-kit'

/** How we present ourselves to a peer; the same in every command that speaks BGP. */
export const sessionFlags = {
  'local-as': Flags.integer({ summary: 'our AS number (4 octets)', default: 65_000, min: 1, max: 0xffff_ffff }),
  'router-id': Flags.string({ summary: 'our BGP Identifier', default: '192.0.2.179', helpValue: 'A.B.C.D' }),
  'peer-as': Flags.integer({ summary: 'refuse every other AS', min: 1, max: 0xffff_ffff }),
  'hold-time': Flags.integer({ summary: 'seconds: 0, or 3 and more', default: 90, min: 0, max: 65_535 }),
  'connect-retry': Flags.string({ summary: 'seconds between attempts to connect', default: '2' }),
}
