import type { PlanElement } from '@segchain/records'
import type { DataNode, ModuleTable, SchemaNode } from '../model/index.js'
import type { ExpressAs, ExpressionsAs } from './expressions.js'
import type { DeviceFacts } from './facts.js'
import type { RouterElement } from './router-element.js'

/** Kinds that every dialect has an answer for; the others are for p4-push and proxy-push. */
export const routerKinds: ReadonlySet<PlanElement['kind']> = new Set<RouterElement['kind']>([
  'segment-routing',
  'loopback',
  'prefix-sid',
  'adjacency-sid',
  'flex-algo',
  'link-attributes',
  'ti-lfa',
  'sr-policy',
])

/** Of our kinds, and not given to the device by somebody else: a PCE has its own way to a headend. */
export function isForRouter(element: PlanElement, facts: DeviceFacts): element is RouterElement {
  return routerKinds.has(element.kind) && (element.kind !== 'sr-policy' || facts.policies === 'config')
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
export type Express<K extends RouterElement['kind']> = ExpressAs<K, Expressed>

/** An answer for every kind: configuration, or why there is none. */
export type Expressions = ExpressionsAs<Expressed>

/** A dialect is data and small functions: what a device's models look like, and how each kind of element is said. */
export interface NetconfDialect {
  readonly name: string
  /** For `--help` and the docs: the models, and on what it has been tried. */
  readonly description: string
  readonly modules: ModuleTable
  readonly schema: readonly SchemaNode[]
  /** Namespaces that a device may answer in, and the one of `modules` that each stands for. */
  readonly aliases?: Readonly<Record<string, string>>
  /** Lists that are read entry by entry, because most entries are not ours. */
  readonly byKey: ReadonlySet<SchemaNode>
  /** A module or capability without which the device does not speak this dialect. */
  readonly recognisedBy: string
  readonly express: Expressions
}

export function announces(facts: DeviceFacts, module: string): boolean {
  return facts.modules === undefined || facts.modules.has(module)
}

export type { DeviceFacts } from './facts.js'
export type { ElementOf, RouterElement } from './router-element.js'
