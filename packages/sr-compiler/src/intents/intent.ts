import type { IntentReference } from '@segchain/records'
import type {
  ChainIntent,
  DeviceIntent,
  FlexAlgoIntent,
  NetworkIntent,
  ServiceIntent,
  SteeringIntent,
} from './schema/index.js'
import type { Source } from './source.js'

/** One intent and the place where it stands. */
export interface Intent<T extends { readonly kind: string; readonly spec: unknown }> {
  readonly kind: T['kind']
  readonly name: string
  readonly spec: T['spec']
  readonly source: Source
}

export type AnyIntent =
  | Intent<NetworkIntent>
  | Intent<FlexAlgoIntent>
  | Intent<ServiceIntent>
  | Intent<ChainIntent>
  | Intent<SteeringIntent>
  | Intent<DeviceIntent>

/** All intents of a repository, each kind in the order of the names, schema-valid, names unique. */
export interface IntentSet {
  readonly network?: Intent<NetworkIntent>
  readonly flexAlgos: readonly Intent<FlexAlgoIntent>[]
  readonly services: ReadonlyMap<string, Intent<ServiceIntent>>
  readonly chains: ReadonlyMap<string, Intent<ChainIntent>>
  readonly steerings: readonly Intent<SteeringIntent>[]
  readonly devices: readonly Intent<DeviceIntent>[]
  /** Of the files' texts. */
  readonly digest: string
}

const references = new WeakMap<AnyIntent, IntentReference>()

export function referenceOf(intent: AnyIntent): IntentReference {
  let reference = references.get(intent)
  if (reference === undefined) {
    const { file, line } = intent.source.at(['metadata', 'name'])
    reference = { kind: intent.kind, name: intent.name, file, line }
    references.set(intent, reference)
  }
  return reference
}
