import assert from 'node:assert/strict'
import { createReadStream } from 'node:fs'
import { test } from 'node:test'
import { encodeAnnouncement } from '../src/codec/bgp/encode-update.js'
import { decodeUpdate, readRecordedSession } from '../src/index.js'
import { fixture } from './support/fixtures.js'

const context = { nextHop: '10.99.0.1', localAsn: 65000, internal: true, asn4: true, extended: false }
const files = ['isis-sr-l1', 'isis-sr-l2', 'isis', 'ospf-sr']

/** The TLVs of a path attribute, in ascending order; FRR does not sort those of attribute 29. */
function tlvsOf(bytes: Buffer, type: number, ospf: boolean): string[] {
  for (let at = 23; at < bytes.length; ) {
    const extended = ((bytes[at] ?? 0) & 0x10) !== 0
    const length = extended ? bytes.readUInt16BE(at + 2) : (bytes[at + 2] ?? 0)
    const start = at + (extended ? 4 : 3)
    if (bytes[at + 1] === type) return split(bytes.subarray(start, start + length), ospf)
    at = start + length
  }
  return []
}

/** FRR writes an IGP metric in as few bytes as it needs; RFC 9552 §5.3.2.4 has 2 for OSPF, 3 for IS-IS. */
function fullWidth(tlv: string, ospf: boolean): string {
  if (!tlv.startsWith('0447')) return tlv
  const width = ospf ? 4 : 6
  return `0447000${width / 2}${tlv.slice(8).padStart(width, '0')}`
}

function split(value: Buffer, ospf: boolean): string[] {
  const tlvs: string[] = []
  for (let at = 0; at < value.length; ) {
    const end = at + 4 + value.readUInt16BE(at + 2)
    tlvs.push(fullWidth(value.subarray(at, end).toString('hex'), ospf))
    at = end
  }
  return tlvs.sort()
}

for (const file of files) {
  test(`what FRR sent (${file}) is written again byte for byte`, async () => {
    const path = fixture(`frr-captures/bgpls-frr10.7.1-${file}.pcap`)
    const { updates } = await readRecordedSession(createReadStream(path))
    let objects = 0
    for (const bytes of updates) {
      const { announced } = decodeUpdate({ type: 2, bytes }, { asn4: true })
      for (const record of announced) {
        const ospf = file.startsWith('ospf')
        const written = encodeAnnouncement(record, () => undefined, context)
        assert.deepEqual(tlvsOf(written, 29, ospf), tlvsOf(bytes, 29, ospf))
        // The NLRI: from behind AFI, SAFI, next hop and the reserved byte.
        const reach = written.subarray(23)
        const ours = reach.subarray(4 + 9, 4 + reach.readUInt16BE(2)).toString('hex')
        assert.ok(bytes.toString('hex').includes(ours), record.id)
        objects++
      }
    }
    assert.ok(objects > 30)
  })
}
