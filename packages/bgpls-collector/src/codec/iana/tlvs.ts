import { nodeAndLinkTlvs } from './attribute-tlvs.js'
import { descriptorTlvs } from './descriptor-tlvs.js'
import { prefixAndSidTlvs } from './prefix-tlvs.js'
import { byCode } from './row.js'
import type { TlvRow } from './tlv-row.js'

/** Every BGP-LS TLV that has a name, ascending. `explain` and the docs page are made of it. */
export const tlvRows: readonly TlvRow[] = [...descriptorTlvs, ...nodeAndLinkTlvs, ...prefixAndSidTlvs]

export const tlvByCode: ReadonlyMap<number, TlvRow> = byCode(tlvRows)
