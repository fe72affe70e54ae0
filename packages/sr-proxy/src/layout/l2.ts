import { macBytes, Struct } from './struct.js'

/** `struct sr_l2`: how a frame leaves. */
export interface L2 {
  readonly tx: number
  readonly mtu: number
  readonly vlan: number
  readonly destination: string
  readonly source: string
}

export function encodeL2(l2: L2): Buffer {
  const out = new Struct(24).u32(l2.tx).u16(l2.mtu).u16(l2.vlan)
  return out.bytes(macBytes(l2.destination)).bytes(macBytes(l2.source)).u32(0).end()
}

const NOWHERE: L2 = { tx: 0, mtu: 0, vlan: 0, destination: '00:00:00:00:00:00', source: '00:00:00:00:00:00' }

export const VnfKind = { none: 0, port: 1, host: 2 } as const
const BY_INTERFACE = 1

/** `struct sr_vnf`. */
export function encodeVnf(vnf: {
  readonly kind: keyof typeof VnfKind
  readonly l2?: L2
  readonly scope: number
  readonly rewrites: boolean
}): Buffer {
  const out = new Struct(32)
    .bytes(encodeL2(vnf.l2 ?? NOWHERE))
    .u8(VnfKind[vnf.kind])
    .u8(0)
    .u16(vnf.scope)
  return out.u32(vnf.rewrites ? BY_INTERFACE : 0).end()
}
