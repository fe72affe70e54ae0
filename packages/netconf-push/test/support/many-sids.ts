import type { PlanElement } from '@segchain/records'

const common = { device: 'r1', step: 1, reason: { text: 'a test', intents: [] } }

/** So many services on one router: a prefix-SID each. */
export function manySids(count: number): PlanElement[] {
  return Array.from({ length: count }, (_, index): PlanElement => {
    const prefix = `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}/32`
    return {
      ...common,
      kind: 'prefix-sid',
      id: `prefix-sid:r1:${prefix}:0`,
      prefix,
      algorithm: 0,
      index,
      label: 16_000 + index,
      lastHopBehavior: 'no-php',
      nodeFlag: false,
      anycast: true,
    }
  })
}
