import type { L2BundleMember, LinkAttributes, LinkFields, UnknownTlv } from '@segchain/records'
import { decodeTlvs, encodeTlvs, fieldTlv, registry, type TlvCodec } from '../tlv.js'
import { bundleAdjacencySid } from './adjacency-sids.js'
import { linkAttributeCodecs } from './link-attributes.js'

/** RTM Capability, RFC 8169 §3.6: the three leading bits; the rest is reserved. */
export const rtmCapability = fieldTlv<LinkFields, number>({
  code: 1105,
  read(value) {
    const capability = value.u8() >> 5
    value.skip(value.left)
    return capability
  },
  write: (writer, capability) => writer.u8(capability << 5).u24(0),
  get: (from) => from.rtmCapability,
  set: (into, capability) => {
    into.rtmCapability = capability
  },
})

/** RFC 8379 §3.3: no value; that it is there says it. */
export const gracefulShutdown: TlvCodec<LinkFields> = {
  code: 1121,
  decode(_value, into) {
    into.gracefulShutdown = true
  },
  encode(from, out) {
    if (from.gracefulShutdown === true) out.add(1121, () => {})
  },
}

type Draft = LinkAttributes & Pick<L2BundleMember, 'adjacencySids'> & { unknown?: UnknownTlv[] }
const memberTlvs = registry<Draft>(...linkAttributeCodecs, bundleAdjacencySid)

/**
 * ```
 * |                     L2 Bundle Member Descriptor               |   RFC 9085 §2.2.3
 * |  link attribute sub-TLVs
 * ```
 */
export const l2BundleMember: TlvCodec<LinkFields> = {
  code: 1172,
  decode(value, into, context) {
    const localLinkId = value.u32()
    const draft: Draft = {}
    decodeTlvs(value, memberTlvs, draft, context)
    const { unknown, adjacencySids, ...attributes } = draft
    into.l2BundleMembers ??= []
    into.l2BundleMembers.push({
      localLinkId,
      attributes,
      ...(adjacencySids === undefined ? {} : { adjacencySids }),
      ...(unknown === undefined ? {} : { unknown }),
    })
  },
  encode({ l2BundleMembers }, out, context) {
    for (const { localLinkId, attributes, adjacencySids, unknown } of l2BundleMembers ?? []) {
      out.add(1172, (writer) => {
        writer.u32(localLinkId)
        const draft: Draft = { ...attributes, ...(adjacencySids && { adjacencySids }), ...(unknown && { unknown }) }
        encodeTlvs(draft, memberTlvs, writer, context)
      })
    }
  },
}
