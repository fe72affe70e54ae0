import type { TSchema } from 'typebox'
import { ChainIntent } from './chain.js'
import { DeviceIntent } from './device.js'
import { FlexAlgoIntent } from './flex-algo.js'
import { NetworkIntent } from './network.js'
import { ServiceIntent } from './service.js'
import { SteeringIntent } from './steering.js'

export const intentSchemas = {
  Network: NetworkIntent,
  FlexAlgo: FlexAlgoIntent,
  Service: ServiceIntent,
  Chain: ChainIntent,
  Steering: SteeringIntent,
  Device: DeviceIntent,
} as const satisfies Record<string, TSchema>

export type IntentKind = keyof typeof intentSchemas
export type { ChainIntent, ChainStep } from './chain.js'
export type { DeviceIntent } from './device.js'
export type { FlexAlgoIntent } from './flex-algo.js'
export type { NetworkIntent } from './network.js'
export type { ServiceInstance, ServiceIntent } from './service.js'
export type { SteeringIntent } from './steering.js'

/** For editors: any intent, or one kind. Draft 2020-12. */
export function intentJsonSchema(kind?: IntentKind): Record<string, unknown> {
  const name = kind === undefined ? 'intent' : kind.toLowerCase()
  const head = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:segchain:schema:intent/v1/${name}`,
  }
  if (kind !== undefined) return { ...head, ...intentSchemas[kind] }
  return { ...head, title: 'A segchain intent', oneOf: Object.values(intentSchemas) }
}
