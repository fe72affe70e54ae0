import { ipBytes } from './address.js'
import { appended } from './lists.js'
import { listTlv, type TlvCodec } from './tlv.js'

/**
 * TE router-ids (RFC 9552 §5.3.1.4, §5.3.2.1): 1028/1029 of the local, 1030/1031 of the remote node,
 * IPv4 and IPv6; each may be repeated.
 */
export function routerIdTlv<Draft>(
  code: number,
  length: 4 | 16,
  get: (from: Draft) => readonly string[] | undefined,
  add: (into: Draft, id: string) => void,
): TlvCodec<Draft> {
  return listTlv<Draft, string>({
    code,
    read: (value) => value.ip(length),
    write: (writer, id) => writer.bytes(ipBytes(id) ?? Buffer.alloc(length)),
    get: (from) => get(from)?.filter((id) => id.includes(':') === (length === 16)),
    add,
  })
}

interface WithRouterIds {
  routerIds?: string[]
}

/** 1028 and 1029 on a node or a prefix. */
export function ownRouterIds<Draft extends WithRouterIds>(): [TlvCodec<Draft>, TlvCodec<Draft>] {
  const get = (from: Draft) => from.routerIds
  const add = (into: Draft, id: string) => {
    into.routerIds = appended(into.routerIds, id)
  }
  return [routerIdTlv(1028, 4, get, add), routerIdTlv(1029, 16, get, add)]
}
