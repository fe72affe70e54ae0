import { SegchainError, type TopologyRecord, type UnknownTlv } from '@segchain/records'
import { parseNodeId } from '../descriptor/ids.js'
import { descriptorOf, encodeNodeDescriptor, type NodeDescriptor } from '../descriptor/node-descriptor.js'
import { protocolCode } from '../iana/protocol-ids.js'
import { writeRouteDistinguisher } from '../route-distinguisher.js'
import { TlvList } from '../tlv.js'
import type { ByteWriter } from '../writer.js'
import {
  addLinkDescriptors,
  addPolicyDescriptor,
  addPrefixDescriptors,
  addSrv6Descriptors,
} from './encode-descriptors.js'

/** Finds the descriptor of a node that another record names by id. */
export type NodeLookup = (id: string) => NodeDescriptor | undefined

const NLRI_TYPE: Readonly<Record<Exclude<TopologyRecord['kind'], 'unknown-nlri' | 'prefix'>, number>> = {
  node: 1,
  link: 2,
  'sr-policy-path': 5,
  'srv6-sid': 6,
  'stub-link': 7,
}

/**
 * Writes the NLRI of a record, type and length included (RFC 9552 §5.2).
 *
 * @param lookup the nodes that are known; an id that is not among them is read as what it says.
 * @throws {SegchainError} category `data` when the record names a node in no form of ours.
 */
export function encodeNlri(writer: ByteWriter, record: TopologyRecord, lookup: NodeLookup): void {
  if (record.kind === 'unknown-nlri') {
    writer.u16(record.type).prefixed(2, (value) => {
      if (record.routeDistinguisher !== undefined) writeRouteDistinguisher(value, record.routeDistinguisher)
      value.hex(record.value)
    })
    return
  }
  const type = record.kind === 'prefix' ? (record.prefix.includes(':') ? 4 : 3) : NLRI_TYPE[record.kind]
  writer.u16(type).prefixed(2, (out) => {
    if (record.routeDistinguisher !== undefined) writeRouteDistinguisher(out, record.routeDistinguisher)
    out.u8(protocolCode(record.protocol) ?? 0).u64(BigInt(record.instanceId))
    const tlvs = new TlvList()
    tlvs.add(256, (value) => encodeNodeDescriptor(value, withUnknown(localNode(record, lookup), record, 'local-node')))
    addDescriptors(tlvs, record, lookup)
    for (const { code, value, in: place } of record.unknown ?? []) {
      if (place === 'nlri') tlvs.add(code, (raw) => raw.hex(value))
    }
    tlvs.writeTo(out, true)
  })
}

type Known = Exclude<TopologyRecord, { kind: 'unknown-nlri' }>

function localNode(record: Known, lookup: NodeLookup): NodeDescriptor {
  switch (record.kind) {
    case 'node':
      return descriptorOf(record)
    case 'link':
    case 'stub-link':
      return nodeNamed(record.localNode, record, lookup)
    case 'prefix':
    case 'srv6-sid':
      return nodeNamed(record.node, record, lookup)
    case 'sr-policy-path':
      return nodeNamed(record.headend, record, lookup)
  }
}

function addDescriptors(tlvs: TlvList, record: Known, lookup: NodeLookup): void {
  switch (record.kind) {
    case 'link': {
      const remote = nodeNamed(record.remoteNode, record, lookup)
      tlvs.add(257, (value) => encodeNodeDescriptor(value, withUnknown(remote, record, 'remote-node')))
      addLinkDescriptors(tlvs, record)
      break
    }
    case 'stub-link':
      addLinkDescriptors(tlvs, record)
      break
    case 'prefix':
      addPrefixDescriptors(tlvs, record)
      break
    case 'srv6-sid':
      addSrv6Descriptors(tlvs, record)
      break
    case 'sr-policy-path':
      addPolicyDescriptor(tlvs, record)
      break
    case 'node':
      break
  }
}

function nodeNamed(id: string, record: Known, lookup: NodeLookup): NodeDescriptor {
  const found = lookup(id) ?? parseNodeId(id)?.descriptor
  if (found !== undefined) return found
  throw new SegchainError({
    category: 'data',
    code: 'NODE_ID',
    message: `${record.kind} ${record.id} names the node ${JSON.stringify(id)}, which no record describes`,
    hint: 'put its node record before it, or name it as protocol:instance:AS:router-id',
  })
}

/** A record keeps the unknown sub-TLVs of its node descriptors itself; an id holds only short ones. */
function withUnknown(node: NodeDescriptor, record: Known, place: UnknownTlv['in']): NodeDescriptor {
  const unknown = (record.unknown ?? []).filter((tlv) => tlv.in === place)
  return unknown.length === 0 ? node : { ...node, unknown }
}
