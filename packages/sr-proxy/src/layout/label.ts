import { Struct } from './struct.js'

/** SR_LABEL_…; `firewall` and `mirror` are SR_LABEL_PROGRAM. */
export const LabelAction = { dynamic: 1, static: 2, service: 3, program: 4, forward: 5, pop: 6, drop: 7 } as const
/** Where the programs stand that are reached by tail call. */
export const ProgramSlots = {
  sr_continue: 0,
  sr_service: 1,
  sr_too_big: 2,
  sr_firewall: 3,
  sr_mirror: 4,
  sr_answers: 5,
  sr_vnf: 6,
} as const
export const KEEP_LABEL = 0xffff_ffff
export const POP_LABEL = 0xffff_fffe

export interface LabelValue {
  readonly action: keyof typeof LabelAction
  readonly uniform: boolean
  readonly counter: number
  readonly target?: number
  readonly argument?: number
  readonly reverseStack?: number
}

/** `struct sr_label_key`. */
export function encodeLabelKey(label: number, generation: number): Buffer {
  return new Struct(8).u32(label).u32(generation).end()
}

/** `struct sr_label`. */
export function encodeLabel(value: LabelValue): Buffer {
  const out = new Struct(24)
    .u8(LabelAction[value.action])
    .u8(value.uniform ? 1 : 0)
    .u16(0)
    .u32(value.counter)
  return out
    .u32(value.target ?? 0)
    .u32(value.argument ?? 0)
    .u32(value.reverseStack ?? 0)
    .u32(0)
    .end()
}

/** `struct sr_stack`; TTL 0: from the IP header. */
export function encodeStack(labels: readonly number[]): Buffer {
  const out = new Struct(68).u32(labels.length)
  for (let index = 0; index < 16; index++) out.u32((labels[index] ?? 0) << 12)
  return out.end()
}
