import type { DeviceFacts } from './facts.js'
import type { ElementOf, RouterElement } from './router-element.js'

type Kind = RouterElement['kind']

/** `prefix-sid` → `prefixSid`. */
type CamelCase<S extends string> = S extends `${infer A}-${infer B}` ? `${A}${Capitalize<CamelCase<B>>}` : S

/** One element of one kind, said to a device; `R` is what a dialect answers with. Pure. */
export type ExpressAs<K extends Kind, R> = (element: ElementOf<K>, facts: DeviceFacts) => R

/** An answer for every kind of element. */
export type ExpressionsAs<R> = { readonly [K in Kind]: ExpressAs<K, R> }

/** The functions of a dialect by the kind of element that each of them takes. */
export function byKind<R>(
  functions: {
    readonly [K in Kind as CamelCase<K>]: ExpressAs<K, R>
  },
): ExpressionsAs<R> {
  return {
    'segment-routing': functions.segmentRouting,
    loopback: functions.loopback,
    'prefix-sid': functions.prefixSid,
    'adjacency-sid': functions.adjacencySid,
    'flex-algo': functions.flexAlgo,
    'link-attributes': functions.linkAttributes,
    'ti-lfa': functions.tiLfa,
    'sr-policy': functions.srPolicy,
  }
}
