import type { PlanElement } from '@segchain/records'
import type { DataNode, ModuleTable, SchemaNode } from '../model/index.js'

/** The part of a plan that a router's configuration can be asked for. */
export type RouterElement = Extract<
  PlanElement,
  { kind: 'segment-routing' | 'loopback' | 'prefix-sid' | 'flex-algo' | 'sr-policy' }
>

/** What a dialect may know of the device besides the plan. */
export interface DeviceFacts {
  readonly device: string
  /** YANG modules that the device announces; absent when it does not tell, and then all are believed. */
  readonly modules?: ReadonlySet<string>
  /** The name of the IGP's instance in the device's configuration. */
  readonly igpInstance: string
  /** Loopbacks of the plan on this device: prefix → number. */
  readonly loopbacks: ReadonlyMap<string, number>
}

/** Why an element cannot be said in the dialect, or not to this device. */
export interface Unsupported {
  readonly unsupported: string
  readonly hint?: string
}

export type Expressed = readonly DataNode[] | Unsupported

export function isUnsupported(expressed: Expressed): expressed is Unsupported {
  return 'unsupported' in expressed
}

/** One element of one kind as configuration. Pure. */
export type Express<K extends RouterElement['kind']> = (
  element: Extract<RouterElement, { kind: K }>,
  facts: DeviceFacts,
) => Expressed

/**
 * A dialect is data and small functions: what a device's models look like, and how each kind of plan
 * element is said in them. Kinds without a function are for another tool (pcep-push, proxy-push …).
 */
export interface NetconfDialect {
  readonly name: string
  /** For `--help` and the docs: the models, and on what it has been tried. */
  readonly description: string
  readonly modules: ModuleTable
  readonly schema: readonly SchemaNode[]
  /** Lists that are read entry by entry, because most entries are not ours. */
  readonly byKey: ReadonlySet<SchemaNode>
  /** A module without which the device does not speak this dialect. */
  readonly recognisedBy: string
  readonly express: { readonly [K in RouterElement['kind']]?: Express<K> }
}

export function announces(facts: DeviceFacts, module: string): boolean {
  return facts.modules === undefined || facts.modules.has(module)
}
