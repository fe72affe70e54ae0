import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Of the repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
export const CAPTURE = 'packages/bgpls-collector/test/fixtures/frr-captures/bgpls-frr10.7.1-isis.pcap'
export const INTENTS = 'examples/cloud-gaming'

/** The demo as a user would write it; the variables are those of `--shell`. */
export const PIPELINE = [
  'bgpls-collector collect --once --peer $ROUTER \\',
  `  | sr-compiler compile ${INTENTS} \\`,
  '  | netconf-push apply --devices $DEVICES --known-hosts $KNOWN_HOSTS \\',
  '      --unsupported skip',
] as const
