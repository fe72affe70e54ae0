/** What the data plane counts besides drops: the position is SR_STAT_* of bpf/include/tables.h, the index into `stats`. */
export const statNames = [
  'network',
  'returned',
  'passed',
  'forwarded',
  'to-vnf',
  'learned',
  'replaced',
  'held',
  'too-big',
  'mirrored',
  'answered',
] as const
