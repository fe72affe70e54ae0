import type { Protocol, UnknownTlv } from '@segchain/records'
import { DecodeError, type Problem } from './decode-error.js'
import { appended } from './lists.js'
import type { ByteReader } from './reader.js'
import { ByteWriter } from './writer.js'

/** What a TLV's meaning may depend on besides its bytes. */
export interface TlvContext {
  /** Flags of SIDs and prefixes mean different things in IS-IS, OSPFv2 and OSPFv3 (RFC 9085 §2). */
  readonly protocol: Protocol
  /** Where findings go that do not stop the decoding. */
  readonly problems: Problem[]
}

/**
 * One TLV: from its value into the fields of a record, and back. `decode` may write to `into` only
 * after it has read what it needs, so that a broken TLV leaves no half of itself.
 */
export interface TlvCodec<Draft> {
  readonly code: number
  decode(value: ByteReader, into: Draft, context: TlvContext): void
  /** Adds one TLV for each time that the fields ask for it: none, one, or several. */
  encode(from: Draft, out: TlvList, context: TlvContext): void
}

export type TlvRegistry<Draft> = ReadonlyMap<number, TlvCodec<Draft>>

/** @throws {Error} when two codecs claim one code: a defect of ours, found by any test. */
export function registry<Draft>(...codecs: readonly TlvCodec<Draft>[]): TlvRegistry<Draft> {
  const map = new Map(codecs.map((codec) => [codec.code, codec]))
  if (map.size !== codecs.length) throw new Error('two codecs for one TLV')
  return map
}

interface WithUnknown {
  unknown?: UnknownTlv[]
}

/**
 * ```
 *  0                   1                   2                   3
 *  |              Type             |             Length            |   RFC 9552 §5.1
 *  //                        Value (variable)                     //
 * ```
 * An unknown type is kept as a value. A type of wrong length ends it with a {@link DecodeError}: the
 * caller discards the whole attribute (RFC 9552 §8.2.2: the removal of one TLV "may give a wrong
 * indication ... of that specific information being deleted").
 */
export function decodeTlvs<Draft extends WithUnknown>(
  reader: ByteReader,
  codecs: TlvRegistry<Draft>,
  into: Draft,
  context: TlvContext,
): void {
  while (reader.left > 0) {
    const code = reader.u16()
    const value = reader.next(reader.u16(), code)
    const codec = codecs.get(code)
    if (codec === undefined) keepRaw(into, code, value)
    else decodeOne(codec, value, into, context)
  }
}

function decodeOne<Draft extends WithUnknown>(
  codec: TlvCodec<Draft>,
  value: ByteReader,
  into: Draft,
  context: TlvContext,
): void {
  const start = value.position
  try {
    codec.decode(value, into, context)
    value.expectEnd()
  } catch (error) {
    if (!(error instanceof DecodeError) || error.treatment !== 'kept-raw') throw error
    context.problems.push({ treatment: 'kept-raw', error })
    value.position = start
    keepRaw(into, codec.code, value)
  }
}

function keepRaw(into: WithUnknown, code: number, value: ByteReader): void {
  into.unknown = appended(into.unknown, { code, value: value.rest().toString('hex') })
}

/** TLVs in the making; their order on the wire is the ascending one of RFC 9552 §5.1. */
export class TlvList {
  readonly #tlvs: { readonly code: number; readonly value: Buffer }[] = []

  add(code: number, fill: (writer: ByteWriter) => void): void {
    const writer = new ByteWriter()
    fill(writer)
    this.#tlvs.push({ code, value: writer.toBytes() })
  }

  /**
   * @param canonical for an NLRI: equal types ascend by length, then by value (RFC 9552 §5.1).
   * Otherwise equal types stay in the order they were added.
   */
  writeTo(writer: ByteWriter, canonical = false): void {
    const sorted = [...this.#tlvs].sort(
      (a, b) =>
        a.code - b.code || (canonical ? a.value.length - b.value.length || Buffer.compare(a.value, b.value) : 0),
    )
    for (const { code, value } of sorted) {
      writer.u16(code).u16(value.length).bytes(value)
    }
  }
}

/** Writes what the codecs make of the fields, and the unknown TLVs that belong here. */
export function encodeTlvs<Draft extends WithUnknown>(
  from: Draft,
  codecs: TlvRegistry<Draft>,
  writer: ByteWriter,
  context: TlvContext,
): void {
  const list = new TlvList()
  for (const codec of codecs.values()) codec.encode(from, list, context)
  for (const { code, value, in: place } of from.unknown ?? []) {
    if (place === undefined) list.add(code, (out) => out.hex(value))
  }
  list.writeTo(writer)
}

/** A codec for the most common kind of TLV: one value in one field. */
export function fieldTlv<Draft, Value>(spec: {
  readonly code: number
  readonly read: (value: ByteReader, context: TlvContext) => Value
  readonly write: (writer: ByteWriter, value: Value, context: TlvContext) => void
  readonly get: (from: Draft) => Value | undefined
  readonly set: (into: Draft, value: Value) => void
}): TlvCodec<Draft> {
  return {
    code: spec.code,
    decode: (value, into, context) => spec.set(into, spec.read(value, context)),
    encode(from, out, context) {
      const value = spec.get(from)
      if (value !== undefined) out.add(spec.code, (writer) => spec.write(writer, value, context))
    },
  }
}

/** A codec for a TLV that may stand several times: each one an item of a list. */
export function listTlv<Draft, Item>(spec: {
  readonly code: number
  readonly read: (value: ByteReader, context: TlvContext) => Item
  readonly write: (writer: ByteWriter, item: Item, context: TlvContext) => void
  readonly get: (from: Draft) => readonly Item[] | undefined
  readonly add: (into: Draft, item: Item) => void
}): TlvCodec<Draft> {
  return {
    code: spec.code,
    decode: (value, into, context) => spec.add(into, spec.read(value, context)),
    encode(from, out, context) {
      for (const item of spec.get(from) ?? []) out.add(spec.code, (writer) => spec.write(writer, item, context))
    },
  }
}
