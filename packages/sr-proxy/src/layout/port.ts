import { Struct } from './struct.js'

/** SR_RETURN_… */
export const ReturnMode = { session: 1, interface: 2, static: 3 } as const
const PASS_OTHERS = 1

export interface PortKey {
  readonly interfaceIndex: number
  readonly vlan: number
}

export interface PortValue {
  readonly vnf: number
  readonly scope: number
  readonly sentScope: number
  readonly mode: keyof typeof ReturnMode
  readonly passOthers: boolean
  readonly stack: number
}

/** `struct sr_port_key`. */
export function encodePortKey({ interfaceIndex, vlan }: PortKey, generation: number): Buffer {
  return new Struct(12).u32(interfaceIndex).u16(vlan).u16(0).u32(generation).end()
}

/** `struct sr_port`. */
export function encodePort(port: PortValue): Buffer {
  const out = new Struct(16).u32(port.vnf).u16(port.scope).u16(port.sentScope).u8(ReturnMode[port.mode])
  return out
    .u8(port.passOthers ? PASS_OTHERS : 0)
    .u16(0)
    .u32(port.stack)
    .end()
}
