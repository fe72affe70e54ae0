import type { PlanElement } from '@segchain/records'

/** The part of a plan that a router's configuration can be asked for. */
export type RouterElement = Extract<
  PlanElement,
  {
    kind:
      | 'segment-routing'
      | 'loopback'
      | 'prefix-sid'
      | 'adjacency-sid'
      | 'flex-algo'
      | 'link-attributes'
      | 'ti-lfa'
      | 'sr-policy'
  }
>

export type ElementOf<K extends RouterElement['kind']> = Extract<RouterElement, { kind: K }>
