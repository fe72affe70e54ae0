import type { NodeRecord } from '@segchain/records'
import { areaAddressText } from '../address.js'
import { type FlagNames, flagBits, flagsOf } from '../bits.js'
import { appended } from '../lists.js'
import { readText } from '../text.js'
import { fieldTlv, listTlv } from '../tlv.js'

/** RFC 9552 §5.3.1.1: overload, attached, external, ABR, router, V6. */
const NODE_FLAGS: FlagNames = ['overload', 'attached', 'external', 'abr', 'router', 'v6']

export const nodeFlags = fieldTlv<NodeRecord, string[]>({
  code: 1024,
  read: (value) => flagsOf(value.u8(), NODE_FLAGS),
  write: (writer, flags) => writer.u8(flagBits(flags, NODE_FLAGS)),
  get: (from) => from.flags,
  set: (into, flags) => {
    into.flags = flags
  },
})

/** RFC 9552 §5.3.1.3: up to 255 bytes of ASCII. */
export const nodeName = fieldTlv<NodeRecord, string>({
  code: 1026,
  read: readText,
  write: (writer, name) => writer.bytes(Buffer.from(name, 'utf8')),
  get: (from) => from.name,
  set: (into, name) => {
    into.name = name
  },
})

/** RFC 9552 §5.3.1.2: one TLV for each area address of the node. */
export const isisArea = listTlv<NodeRecord, string>({
  code: 1027,
  read: (value) => areaAddressText(value.take(Math.max(1, value.left))),
  write: (writer, area) => writer.hex(area.replaceAll('.', '')),
  get: (from) => from.isisAreas,
  add: (into, area) => {
    into.isisAreas = appended(into.isisAreas, area)
  },
})

/** RFC 9552 §5.2.2.1 in its third use: the topologies that the node is in. The upper 4 bits are reserved. */
export const multiTopologies = fieldTlv<NodeRecord, number[]>({
  code: 263,
  read(value) {
    const ids: number[] = []
    while (value.left > 0) ids.push(value.u16() & 0x0fff)
    return ids
  },
  write: (writer, ids) => {
    for (const id of ids) writer.u16(id)
  },
  get: (from) => from.multiTopologyIds,
  set: (into, ids) => {
    into.multiTopologyIds = ids
  },
})

/** S-BFD discriminators, RFC 9247 §2. */
export const sbfdDiscriminators = fieldTlv<NodeRecord, number[]>({
  code: 1032,
  read(value) {
    const discriminators = [value.u32()]
    while (value.left > 0) discriminators.push(value.u32())
    return discriminators
  },
  write: (writer, discriminators) => {
    for (const discriminator of discriminators) writer.u32(discriminator)
  },
  get: (from) => from.sbfdDiscriminators,
  set: (into, discriminators) => {
    into.sbfdDiscriminators = [...(into.sbfdDiscriminators ?? []), ...discriminators]
  },
})
