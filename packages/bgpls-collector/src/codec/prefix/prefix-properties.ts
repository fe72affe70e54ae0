import type { PrefixRecord, Protocol } from '@segchain/records'
import { ipBytes, ipv4Text } from '../address.js'
import { type FlagNames, flagBits, flagsOf, NO_NAMES } from '../bits.js'
import { OSPFV3_PREFIX_OPTIONS } from '../ospfv3-prefix-options.js'
import { fieldTlv, type TlvCodec } from '../tlv.js'

/** D N L P of RFC 9552 §5.3.3.1. */
const IGP_FLAGS: FlagNames = ['down', 'no-unicast', 'local-address', 'propagate-nssa']

export const igpFlags = fieldTlv<PrefixRecord, string[]>({
  code: 1152,
  read: (value) => flagsOf(value.u8(), IGP_FLAGS),
  write: (writer, flags) => writer.u8(flagBits(flags, IGP_FLAGS)),
  get: (from) => from.igpFlags,
  set: (into, flags) => {
    into.igpFlags = flags
  },
})

/** RFC 9552 §5.3.3.2. */
export const routeTags = fieldTlv<PrefixRecord, number[]>({
  code: 1153,
  read(value) {
    const tags: number[] = []
    while (value.left > 0) tags.push(value.u32())
    return tags
  },
  write: (writer, tags) => {
    for (const tag of tags) writer.u32(tag)
  },
  get: (from) => from.routeTags,
  set: (into, tags) => {
    into.routeTags = tags
  },
})

/** RFC 9552 §5.3.3.3: 64 bits each, as decimal strings. */
export const extendedRouteTags = fieldTlv<PrefixRecord, string[]>({
  code: 1154,
  read(value) {
    const tags: string[] = []
    while (value.left > 0) tags.push(value.u64().toString())
    return tags
  },
  write: (writer, tags) => {
    for (const tag of tags) writer.u64(BigInt(tag))
  },
  get: (from) => from.extendedRouteTags,
  set: (into, tags) => {
    into.extendedRouteTags = tags
  },
})

/** RFC 9552 §5.3.3.4. */
export const prefixMetric = fieldTlv<PrefixRecord, number>({
  code: 1155,
  read: (value) => value.u32(),
  write: (writer, metric) => writer.u32(metric),
  get: (from) => from.metric,
  set: (into, metric) => {
    into.metric = metric
  },
})

/** RFC 9552 §5.3.3.5: 4 or 16 bytes. */
export const ospfForwardingAddress = fieldTlv<PrefixRecord, string>({
  code: 1156,
  read: (value) => value.ip(value.left === 4 ? 4 : 16),
  write: (writer, address) => writer.bytes(ipBytes(address) ?? Buffer.alloc(4)),
  get: (from) => from.ospfForwardingAddress,
  set: (into, address) => {
    into.ospfForwardingAddress = address
  },
})

/** Source router identifier, RFC 9085 §2.3.3: 4 or 16 bytes. */
export const sourceRouterId = fieldTlv<PrefixRecord, string>({
  code: 1171,
  read: (value) => value.ip(value.left === 4 ? 4 : 16),
  write: (writer, address) => writer.bytes(ipBytes(address) ?? Buffer.alloc(4)),
  get: (from) => from.sourceRouterId,
  set: (into, address) => {
    into.sourceRouterId = address
  },
})

/** RFC 9085 §2.3.4. */
export const sourceOspfRouterId = fieldTlv<PrefixRecord, string>({
  code: 1174,
  read: (value) => ipv4Text(value.take(4)),
  write: (writer, address) => writer.bytes(ipBytes(address) ?? Buffer.alloc(4)),
  get: (from) => from.sourceOspfRouterId,
  set: (into, address) => {
    into.sourceOspfRouterId = address
  },
})

/** X R N of RFC 7794 §2.1, E of RFC 9088 §3, A of RFC 9352 §6. */
const ISIS_ATTRIBUTES: FlagNames = ['external', 'readvertisement', 'node', 'elc', 'anycast']
/** A N of RFC 7684 §2.1, E of RFC 9089 §3, AC of RFC 9792 §2. */
const OSPFV2_ATTRIBUTES: FlagNames = ['attached', 'node', 'elc', 'anycast']

function attributeNames(protocol: Protocol): FlagNames {
  if (protocol === 'ospfv2') return OSPFV2_ATTRIBUTES
  return protocol === 'ospfv3' ? OSPFV3_PREFIX_OPTIONS : ISIS_ATTRIBUTES
}

/** RFC 9085 §2.3.2: as long as the IGP's field; a byte in all of them so far. */
export const attributeFlags: TlvCodec<PrefixRecord> = {
  code: 1170,
  decode(value, into, { protocol }) {
    const first = flagsOf(value.u8(), attributeNames(protocol))
    const flags = value.left === 0 ? first : [...first]
    for (let byte = 1; value.left > 0; byte++) {
      flags.push(...flagsOf(value.u8(), NO_NAMES).map((bit) => `bit-${Number(bit.slice(4)) + byte * 8}`))
    }
    into.attributeFlags = flags
  },
  encode({ attributeFlags: flags }, out, { protocol }) {
    if (flags !== undefined) out.add(1170, (writer) => writer.u8(flagBits(flags, attributeNames(protocol))))
  },
}
