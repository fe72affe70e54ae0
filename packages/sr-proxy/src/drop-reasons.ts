/** Why the data plane dropped a packet: the position is SR_DROP_* of bpf/include/tables.h, the index into `drops`. */
export const dropReasons = [
  'malformed',
  'stack-depth',
  'unknown-label',
  'ttl',
  'not-ip',
  'no-vnf',
  'no-session',
  'forged',
  'unknown-port',
  'mtu',
  'label',
  'service',
  'no-service',
  'no-instance',
  'hold-full',
  'firewall',
  'no-program',
  'race',
  'redirect',
  'no-room',
] as const

export type DropReason = (typeof dropReasons)[number]
