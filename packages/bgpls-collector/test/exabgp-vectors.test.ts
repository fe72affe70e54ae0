import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeUpdate } from '../src/index.js'
import { announcing, fixtureText } from './support/fixtures.js'

// source: Exa-Networks/exabgp qa/decoding (BSD-3), UPDATEs of real routers; expected values from its JSON
function vector(name: string): Buffer {
  const hex = (fixtureText(`exabgp/exabgp-${name}.txt`).split('\n')[1] ?? '').replace(/ /g, '')
  const bytes = Buffer.from(hex, 'hex')
  if (bytes[0] === 0xff) return bytes
  const header = Buffer.alloc(19, 0xff)
  header.writeUInt16BE(19 + bytes.length, 16)
  header[18] = 2
  return Buffer.concat([header, bytes])
}

const decode = (name: string) => decodeUpdate({ type: 2, bytes: vector(name) }, { asn4: true })

test('an OSPF link to a pseudonode (ExaBGP bgp-ls-2) has router-id and interface of the DR', () => {
  const { announced, problems } = decode('bgp-ls-2')
  const [link] = announced
  assert.deepEqual(problems, [])
  assert.equal(link?.kind, 'link')
  assert.equal(link.localNode, 'ospfv2:0:65001:10.1.1.1;area=0.0.0.0')
  assert.equal(link.remoteNode, 'ospfv2:0:65001:10.1.4.1:10.1.1.2;area=0.0.0.0')
  assert.deepEqual(link.localAddresses, ['10.1.1.1'])
  assert.deepEqual(link.remoteAddresses, ['10.1.1.2'])
  assert.equal(link.igpMetric, 1)
})

test('link identifiers in the attribute (ExaBGP bgp-ls-4) are kept', () => {
  const [link] = decode('bgp-ls-4').announced
  assert.equal(link?.kind, 'link')
  assert.equal(link.localLinkId, 370)
  assert.equal(link.remoteLinkId, 443)
  assert.equal(link.igpMetric, 5000)
  assert.equal(link.instanceId, '2')
})

test('two adjacency-SIDs on one link (ExaBGP bgp-ls-5) stay two', () => {
  const [link] = decode('bgp-ls-5').announced
  assert.equal(link?.kind, 'link')
  assert.deepEqual(link.adjacencySids, [
    { label: 299792, flags: ['value', 'local'], weight: 0 },
    { label: 299776, flags: ['backup', 'value', 'local'], weight: 0 },
  ])
  assert.equal(link.maxBandwidthBytesPerSec, 125_000_000)
  assert.equal(link.teMetric, 20)
  assert.deepEqual(link.adminGroups, [])
})

test('an NLRI with BGP-LS Identifier and OSPF area (ExaBGP bgp-ls-1) is in the key', () => {
  const hex = (fixtureText('exabgp/exabgp-bgp-ls-1.txt').split('\n')[1] ?? '').trim()
  const [link] = decodeUpdate(announcing(hex, ''), { asn4: true }).announced
  assert.equal(link?.kind, 'link')
  assert.equal(link.localNode, 'ospfv2:0:1:10.10.10.10;ls=3232266878;area=0.0.0.0')
  assert.equal(link.remoteNode, 'ospfv2:0:1:10.2.2.2;ls=3232266878;area=0.0.0.0')
})
