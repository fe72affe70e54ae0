import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodedTlvs } from '../src/codec/decoded.js'
import { tlvByCode, tlvRows } from '../src/codec/iana/tlvs.js'

// Not assigned, but sent: see misplacedTlv().
const MISPLACED = [1050, 1104, 1110]

// source: the IANA registry "BGP-LS NLRI and Attribute TLVs" (RFC 7752 to RFC 9857), and the drafts that routers send
const ranges = [
  [256, 267],
  [270, 272],
  [512, 518],
  [535, 535],
  [550, 557],
  [1024, 1032],
  [1034, 1046],
  [1088, 1103],
  [1105, 1108],
  [1114, 1122],
  [1152, 1162],
  [1170, 1174],
  [1181, 1181],
  [1184, 1185],
  [1200, 1217],
  [1250, 1252],
] as const

for (const [first, last] of ranges) {
  test(`code points ${first} to ${last} have a name, a reference, and become fields`, () => {
    for (let code = first; code <= last; code++) {
      const row = tlvByCode.get(code)
      assert.ok(row?.name, `${code} has no name`)
      assert.match(row.ref, /^(RFC [0-9]+|draft-)/)
      assert.ok(decodedTlvs.has(code), `${code} is kept as bytes`)
    }
  })
}

test('codes that some peers use in place of the assigned one are named, with the one that they are read as', () => {
  for (const code of MISPLACED) {
    assert.match(tlvByCode.get(code)?.name ?? '', /read as 26[67], with a warning/)
    assert.ok(decodedTlvs.has(code))
  }
})

test('the table is in the order of its codes, and has each once', () => {
  const codes = tlvRows.map(({ code }) => code)
  assert.deepEqual(
    codes,
    [...new Set(codes)].sort((a, b) => a - b),
  )
})
