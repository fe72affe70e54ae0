import type { PolicyBindingSid, SrPolicyPathRecord } from '@segchain/records'
import { type FlagNames, flagBits, flagsOf } from '../bits.js'
import { appended } from '../lists.js'
import { sidStructure } from '../srv6/sid-structure.js'
import { decodeTlvs, encodeTlvs, listTlv, registry } from '../tlv.js'
import { readLabelOrSid, writeLabelOrSid } from './labels.js'
import { segmentBehavior } from './segment-behavior.js'

/** D B U L F of RFC 9857 §5.1. */
const MPLS_FLAGS: FlagNames = ['srv6', 'allocated', 'unavailable', 'srlb', 'fallback']
/** B U F of RFC 9857 §5.2. */
const SRV6_FLAGS: FlagNames = ['allocated', 'unavailable', 'fallback']

const srv6SubTlvs = registry<PolicyBindingSid>(segmentBehavior<PolicyBindingSid>(), sidStructure<PolicyBindingSid>())

const add = (into: SrPolicyPathRecord, sid: PolicyBindingSid) => {
  into.bindingSids = appended(into.bindingSids, sid)
}

/** A TLV 1201 has a label, or the D flag; all others are TLV 1212. */
const isMpls = (sid: PolicyBindingSid) => sid.label !== undefined || sid.flags.includes('srv6')

/**
 * ```
 * |           BSID Flags          |            RESERVED           |   RFC 9857 §5.1
 * |  Binding SID (4 or 16)  |  Specified Binding SID (4 or 16)
 * ```
 * A specified SID of 0 means that none was specified.
 */
export const bindingSid = listTlv<SrPolicyPathRecord, PolicyBindingSid>({
  code: 1201,
  read(value) {
    const flags = flagsOf(value.u16(), MPLS_FLAGS, 16)
    value.skip(2)
    const srv6 = flags.includes('srv6')
    const { label, sid } = readLabelOrSid(value, srv6)
    const specified = readLabelOrSid(value, srv6)
    return {
      flags,
      ...(label === undefined ? {} : { label }),
      ...(sid === undefined ? {} : { sid }),
      ...(specified.label ? { specifiedLabel: specified.label } : {}),
      ...(specified.sid === undefined || specified.sid === '::' ? {} : { specifiedSid: specified.sid }),
    }
  },
  write: (writer, one) => {
    const srv6 = one.flags.includes('srv6')
    writer.u16(flagBits(one.flags, MPLS_FLAGS, 16)).u16(0)
    writeLabelOrSid(writer, one, srv6)
    writeLabelOrSid(
      writer,
      {
        ...(one.specifiedLabel === undefined ? {} : { label: one.specifiedLabel }),
        ...(one.specifiedSid === undefined ? {} : { sid: one.specifiedSid }),
      },
      srv6,
    )
  },
  get: (from) => from.bindingSids?.filter(isMpls),
  add,
})

/** RFC 9857 §5.2: as above with SIDs of 16 bytes, and sub-TLVs 1250 and 1252. */
export const srv6BindingSid = listTlv<SrPolicyPathRecord, PolicyBindingSid>({
  code: 1212,
  read(value, context) {
    const flags = flagsOf(value.u16(), SRV6_FLAGS, 16)
    value.skip(2)
    const { sid } = readLabelOrSid(value, true)
    const specified = readLabelOrSid(value, true).sid
    const draft: PolicyBindingSid = {
      flags,
      ...(sid === undefined ? {} : { sid }),
      ...(specified === undefined || specified === '::' ? {} : { specifiedSid: specified }),
    }
    decodeTlvs(value, srv6SubTlvs, draft, context)
    return draft
  },
  write: (writer, one, context) => {
    writer.u16(flagBits(one.flags, SRV6_FLAGS, 16)).u16(0)
    writeLabelOrSid(writer, one, true)
    writeLabelOrSid(writer, one.specifiedSid === undefined ? {} : { sid: one.specifiedSid }, true)
    encodeTlvs(one, srv6SubTlvs, writer, context)
  },
  get: (from) => from.bindingSids?.filter((sid) => !isMpls(sid)),
  add,
})
