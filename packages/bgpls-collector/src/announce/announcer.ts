import type { StreamRecord, TopologyRecord } from '@segchain/records'
import type { AddressFamily } from '../codec/bgp/capability.js'
import { type AnnounceContext, encodeAnnouncement, encodeWithdrawal } from '../codec/bgp/encode-update.js'
import { descriptorOf } from '../codec/descriptor/node-descriptor.js'
import { AFI_LINK_STATE, SAFI_LINK_STATE } from '../codec/iana/bgp-parameters.js'
import type { NodeLookup } from '../codec/nlri/encode.js'
import { safiOf } from '../codec/table.js'
import { linkStateSafis } from '../fsm/open-check.js'
import type { PeerInfo } from '../fsm/types.js'

/** The topology that is announced, and the UPDATEs that say it to a peer. */
export class Announcer {
  readonly #records = new Map<string, TopologyRecord>()
  readonly #localAsn: number

  constructor(localAsn: number) {
    this.#localAsn = localAsn
  }

  get size(): number {
    return this.#records.size
  }

  /**
   * Takes a record of a topology stream; others than objects and withdrawals say nothing here.
   * @returns what has to be said to those who have heard the rest.
   */
  take(record: StreamRecord<'segchain.topology/1'>): ((peer: PeerInfo, localAddress: string) => Buffer[]) | undefined {
    switch (record.kind) {
      case 'node':
      case 'link':
      case 'stub-link':
      case 'prefix':
      case 'srv6-sid':
      case 'sr-policy-path':
      case 'unknown-nlri':
        this.#records.set(record.id, record)
        return (peer, local) =>
          takes(peer, record) ? [encodeAnnouncement(record, this.#lookup, this.#context(peer, local))] : []
      case 'withdraw': {
        const known = this.#records.get(record.id)
        if (known === undefined) return undefined
        this.#records.delete(record.id)
        return (peer, local) =>
          takes(peer, known) ? [encodeWithdrawal(known, this.#lookup, this.#context(peer, local))] : []
      }
      default:
        return undefined
    }
  }

  /** Everything, for a new peer. */
  *updates(peer: PeerInfo, localAddress: string): Generator<Buffer> {
    const context = this.#context(peer, localAddress)
    for (const record of this.#records.values()) {
      if (takes(peer, record)) yield encodeAnnouncement(record, this.#lookup, context)
    }
  }

  /** The tables that the records are from, besides SAFI 71. */
  get families(): AddressFamily[] {
    const safis = new Set([...this.#records.values()].map(safiOf))
    safis.delete(SAFI_LINK_STATE)
    return [...safis].map((safi) => ({ afi: AFI_LINK_STATE, safi }))
  }

  readonly #lookup: NodeLookup = (id) => {
    const record = this.#records.get(id)
    return record?.kind === 'node' ? descriptorOf(record) : undefined
  }

  #context(peer: PeerInfo, localAddress: string): AnnounceContext {
    return {
      nextHop: localAddress,
      localAsn: this.#localAsn,
      internal: peer.open.asn === this.#localAsn,
      asn4: peer.asn4,
      extended: peer.extendedMessages,
    }
  }
}

/** A record of a table that the peer has not offered is not for it. */
function takes({ open }: PeerInfo, record: TopologyRecord): boolean {
  return linkStateSafis(open.capabilities.families).includes(safiOf(record))
}
