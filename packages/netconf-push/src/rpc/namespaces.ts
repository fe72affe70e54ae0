export const NETCONF_BASE = 'urn:ietf:params:xml:ns:netconf:base:1.0'
/** Of NETCONF itself; some servers leave the namespace of hello and replies out. */
export function isBase(namespace: string): boolean {
  return namespace === NETCONF_BASE || namespace === ''
}

export const YANG_NAMESPACE = 'urn:ietf:params:xml:ns:yang:1'
export const NETCONF_NOTIFICATION = 'urn:ietf:params:xml:ns:netconf:notification:1.0'
