import type { LinkAttributes } from '@segchain/records'
import { appended } from '../lists.js'
import { fieldTlv, type TlvCodec } from '../tlv.js'

/**
 * RFC 8571 §2: in the first byte of a measurement the A bit says that it crossed its configured
 * maximum; 24 bits are the value, in microseconds or in steps of 0.000003 %.
 */
const ANOMALOUS = 0x80

function mark(into: LinkAttributes, what: string, flags: number): void {
  if ((flags & ANOMALOUS) === 0) return
  into.anomalous = appended(into.anomalous, what)
}

function flagByte(from: LinkAttributes, what: string): number {
  return from.anomalous?.includes(what) === true ? ANOMALOUS : 0
}

export const delay: TlvCodec<LinkAttributes> = {
  code: 1114,
  decode(value, into) {
    const flags = value.u8()
    into.delayUs = value.u24()
    mark(into, 'delay', flags)
  },
  encode(from, out) {
    const { delayUs } = from
    if (delayUs !== undefined) out.add(1114, (writer) => writer.u8(flagByte(from, 'delay')).u24(delayUs))
  },
}

export const minMaxDelay: TlvCodec<LinkAttributes> = {
  code: 1115,
  decode(value, into) {
    const flags = value.u8()
    const min = value.u24()
    value.skip(1)
    into.maxDelayUs = value.u24()
    into.minDelayUs = min
    mark(into, 'min-max-delay', flags)
  },
  encode(from, out) {
    const { minDelayUs, maxDelayUs } = from
    if (minDelayUs === undefined && maxDelayUs === undefined) return
    out.add(1115, (writer) =>
      writer
        .u8(flagByte(from, 'min-max-delay'))
        .u24(minDelayUs ?? maxDelayUs ?? 0)
        .u8(0)
        .u24(maxDelayUs ?? minDelayUs ?? 0),
    )
  },
}

export const delayVariation = fieldTlv<LinkAttributes, number>({
  code: 1116,
  read(value) {
    value.skip(1)
    return value.u24()
  },
  write: (writer, variation) => writer.u8(0).u24(variation),
  get: (from) => from.delayVariationUs,
  set: (into, variation) => {
    into.delayVariationUs = variation
  },
})

export const loss: TlvCodec<LinkAttributes> = {
  code: 1117,
  decode(value, into) {
    const flags = value.u8()
    into.lossPercent = (value.u24() * 3) / 1_000_000
    mark(into, 'loss', flags)
  },
  encode(from, out) {
    const { lossPercent } = from
    if (lossPercent === undefined) return
    const steps = Math.min(0xff_ffff, Math.round((lossPercent * 1_000_000) / 3))
    out.add(1117, (writer) => writer.u8(flagByte(from, 'loss')).u24(steps))
  },
}
