export const NETCONF_BASE = 'urn:ietf:params:xml:ns:netconf:base:1.0'
export const YANG_NAMESPACE = 'urn:ietf:params:xml:ns:yang:1'
export const NETCONF_NOTIFICATION = 'urn:ietf:params:xml:ns:netconf:notification:1.0'
