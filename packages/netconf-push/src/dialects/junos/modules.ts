import type { ModuleTable } from '../../model/index.js'

/** What Junos answers and takes as long as it is not told to be YANG- or RFC-compliant. */
const XNM = 'http://xml.juniper.net/xnm/1.1/xnm'
const CONF = 'http://yang.juniper.net/junos/conf/'

const names = [
  'junos-conf-root',
  'junos-conf-interfaces',
  'junos-conf-policy-options',
  'junos-conf-protocols',
  'junos-conf-routing-options',
] as const

/** The modules are one namespace on the wire. */
export const modules: ModuleTable = Object.fromEntries(names.map((name) => [name, XNM]))

/** The namespaces of the published modules: what they are validated by, and what a compliant Junos answers. */
export const yangNamespaces: ModuleTable = Object.fromEntries(
  names.map((name) => [name, `${CONF}${name.slice('junos-conf-'.length)}`]),
)

export const aliases: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(yangNamespaces).map((namespace) => [namespace, XNM]),
)
