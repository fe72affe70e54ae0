import type { NodeRecord, UnknownTlv } from '@segchain/records'
import { ipBytes, ipv4Text, ipv6Text, systemIdText } from '../address.js'
import { appended } from '../lists.js'
import type { ByteReader } from '../reader.js'
import { TlvList } from '../tlv.js'
import type { ByteWriter } from '../writer.js'

/** The node descriptor of RFC 9552 §5.2.1.4: what a node is known by inside its IGP instance. */
export interface NodeDescriptor {
  asn?: number
  bgpLsId?: number
  areaId?: string
  routerId?: string
  bgpRouterId?: string
  confederationAsn?: number
  unknown?: UnknownTlv[]
}

type Field = Exclude<keyof NodeDescriptor, 'unknown'>
interface SubTlv {
  readonly field: Field
  read(value: ByteReader, into: NodeDescriptor): void
  write(writer: ByteWriter, from: NodeDescriptor): void
}

const ip = (text: string | undefined) => ipBytes(text ?? '0.0.0.0') ?? Buffer.alloc(4)

/** RFC 9552 §5.2.1.4 (512 to 515), RFC 9086 §4.1 (516, 517). */
const subTlvs: ReadonlyMap<number, SubTlv> = new Map([
  [
    512,
    {
      field: 'asn',
      read: (value, into) => {
        into.asn = value.u32()
      },
      write: (writer, from) => writer.u32(from.asn ?? 0),
    },
  ],
  [
    513,
    {
      field: 'bgpLsId',
      read: (value, into) => {
        into.bgpLsId = value.u32()
      },
      write: (writer, from) => writer.u32(from.bgpLsId ?? 0),
    },
  ],
  [
    514,
    {
      field: 'areaId',
      read: (value, into) => {
        into.areaId = value.ipv4()
      },
      write: (writer, from) => writer.bytes(ip(from.areaId)),
    },
  ],
  [
    515,
    {
      field: 'routerId',
      read: (value, into) => {
        into.routerId = readRouterId(value)
      },
      write: (writer, from) => writer.bytes(routerIdBytes(from.routerId ?? '')),
    },
  ],
  [
    516,
    {
      field: 'bgpRouterId',
      read: (value, into) => {
        into.bgpRouterId = value.ipv4()
      },
      write: (writer, from) => writer.bytes(ip(from.bgpRouterId)),
    },
  ],
  [
    517,
    {
      field: 'confederationAsn',
      read: (value, into) => {
        into.confederationAsn = value.u32()
      },
      write: (writer, from) => writer.u32(from.confederationAsn ?? 0),
    },
  ],
] satisfies [number, SubTlv][])

/**
 * RFC 9552 §5.2.1.4: 4 bytes OSPF router-id, 6 IS-IS system-id, 7 with the pseudonode number, 8
 * OSPF router-id and the designated router's interface address; 16 where a protocol has IPv6 ids.
 */
function readRouterId(value: ByteReader): string {
  const have = value.left
  const bytes = value.rest()
  if (have === 4) return ipv4Text(bytes)
  if (have === 6 || have === 7) return systemIdText(bytes)
  if (have === 8) return `${ipv4Text(bytes)}:${ipv4Text(bytes, 4)}`
  if (have === 16) return ipv6Text(bytes)
  throw value.error('ROUTER_ID_LENGTH', `an IGP Router-ID of ${have} bytes: 4, 6, 7, 8 or 16 are defined`, { have })
}

/** The bytes of a router-id in text; empty when the text is none of the forms. */
export function routerIdBytes(text: string): Buffer {
  const whole = ipBytes(text)
  if (whole !== undefined) return whole
  const [router, address, more] = text.split(':').map((part) => ipBytes(part))
  if (router?.length === 4 && address?.length === 4 && more === undefined) return Buffer.concat([router, address])
  return Buffer.from(text.replaceAll('.', ''), 'hex')
}

/**
 * Decodes the value of TLV 256 or 257.
 * @throws {DecodeError} also for two sub-TLVs of one type: "there is not more than one instance of a
 * sub-TLV present" (RFC 9552 §8.2.2).
 */
export function decodeNodeDescriptor(value: ByteReader): NodeDescriptor {
  const descriptor: NodeDescriptor = {}
  while (value.left > 0) {
    const code = value.u16()
    const content = value.next(value.u16(), code)
    const known = subTlvs.get(code)
    if (known === undefined) {
      descriptor.unknown = appended(descriptor.unknown, { code, value: content.rest().toString('hex') })
      continue
    }
    if (descriptor[known.field] !== undefined) {
      throw content.error('DUPLICATE_SUB_TLV', `a node descriptor has sub-TLV ${code} twice`)
    }
    known.read(content, descriptor)
    content.expectEnd()
  }
  return descriptor
}

/** Sub-TLVs ascend by type (RFC 9552 §5.1). */
export function encodeNodeDescriptor(writer: ByteWriter, descriptor: NodeDescriptor): void {
  const list = new TlvList()
  for (const [code, { field, write }] of subTlvs) {
    if (descriptor[field] !== undefined) list.add(code, (out) => write(out, descriptor))
  }
  for (const { code, value } of descriptor.unknown ?? []) list.add(code, (out) => out.hex(value))
  list.writeTo(writer, true)
}

/** A node that stands for a LAN: 7 bytes in IS-IS with a number other than 0, 8 bytes in OSPF. */
export function isPseudonode({ routerId }: NodeDescriptor): boolean {
  if (routerId === undefined) return false
  return /^[0-9a-f.]{14}[.](?!00)[0-9a-f]{2}$/.test(routerId) || /^[0-9.]+:[0-9.]+$/.test(routerId)
}

/** The descriptor as far as a node record shows it. */
export function descriptorOf(record: NodeRecord): NodeDescriptor {
  const unknown = record.unknown?.filter((tlv) => tlv.in === 'local-node')
  return {
    ...(record.asn === undefined ? {} : { asn: record.asn }),
    ...(record.bgpLsId === undefined ? {} : { bgpLsId: record.bgpLsId }),
    ...(record.areaId === undefined ? {} : { areaId: record.areaId }),
    ...(record.routerId === undefined ? {} : { routerId: record.routerId }),
    ...(record.bgpRouterId === undefined ? {} : { bgpRouterId: record.bgpRouterId }),
    ...(record.confederationAsn === undefined ? {} : { confederationAsn: record.confederationAsn }),
    ...(unknown === undefined || unknown.length === 0 ? {} : { unknown }),
  }
}
