import { Struct } from './struct.js'

export const MAX_DEPTH = 8
/** SR_SERVICE_… */
export const ServiceAction = { forward: 1, demux: 2, delay: 3, drop: 4 } as const
/** SR_INSTANCE_… */
export const InstanceState = { gone: 0, active: 1, draining: 2 } as const

/** 32-bit FNV-1a of the UTF-8 bytes, of each component of a ServiceID. */
export function serviceComponents(service: string): number[] {
  if (service === '') return []
  return service.split('/').map((component) => {
    let hash = 0x811c9dc5
    for (const byte of Buffer.from(component)) hash = Math.imul(hash ^ byte, 0x0100_0193) >>> 0
    return hash
  })
}

/** `struct sr_service_key`. */
export function encodeServiceKey(service: string, generation: number): Buffer {
  return new Struct(8 + 4 * MAX_DEPTH).u32(generation).bytes(encodeServiceName(service)).end()
}

/** `struct sr_service_name`. */
export function encodeServiceName(service: string): Buffer {
  const components = serviceComponents(service)
  const out = new Struct(4 + 4 * MAX_DEPTH).u32(components.length)
  for (let index = 0; index < MAX_DEPTH; index++) out.u32(components[index] ?? 0)
  return out.end()
}

/** `struct sr_service`. */
export function encodeService(value: {
  readonly action: keyof typeof ServiceAction
  readonly uniform: boolean
  readonly counter: number
  readonly target?: number
  readonly firstSlot?: number
  readonly slots?: number
}): Buffer {
  const out = new Struct(20)
    .u8(ServiceAction[value.action])
    .u8(value.uniform ? 1 : 0)
    .u16(0)
    .u32(value.counter)
  return out
    .u32(value.target ?? 0)
    .u32(value.firstSlot ?? 0)
    .u32(value.slots ?? 0)
    .end()
}

/** `struct sr_instance`. */
export function encodeInstance(value: {
  readonly state: keyof typeof InstanceState
  readonly vnf?: number
  readonly nextHop?: number
  readonly stack?: number
  readonly reverseStack?: number
}): Buffer {
  const out = new Struct(20)
    .u8(InstanceState[value.state])
    .bytes(Buffer.alloc(3))
    .u32(value.vnf ?? 0)
  return out
    .u32(value.nextHop ?? 0)
    .u32(value.stack ?? 0)
    .u32(value.reverseStack ?? 0)
    .end()
}
