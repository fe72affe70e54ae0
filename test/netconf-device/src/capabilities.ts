import { ietf } from '@segchain/netconf-push'

/** What the device announces when it is not told otherwise: all that netconf-push can use. */
export const allCapabilities: readonly string[] = [
  'urn:ietf:params:netconf:base:1.0',
  'urn:ietf:params:netconf:base:1.1',
  'urn:ietf:params:netconf:capability:candidate:1.0',
  'urn:ietf:params:netconf:capability:confirmed-commit:1.0',
  'urn:ietf:params:netconf:capability:confirmed-commit:1.1',
  'urn:ietf:params:netconf:capability:rollback-on-error:1.0',
  'urn:ietf:params:netconf:capability:validate:1.1',
  'urn:ietf:params:netconf:capability:startup:1.0',
  ...Object.entries(ietf.modules).map(([name, namespace]) => `${namespace}?module=${name}`),
]
