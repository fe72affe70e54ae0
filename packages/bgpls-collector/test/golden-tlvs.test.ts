import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type LinkRecord, type NodeRecord, type PrefixRecord, validateRecord } from '@segchain/records'
import { encodeAnnouncement } from '../src/codec/bgp/encode-update.js'
import { decodeUpdate } from '../src/index.js'
import { announcing, localNode, nlri, ospfNode, remoteNode, tlv } from './support/fixtures.js'

// source: the wire diagrams of the RFC named in each row, written out byte by byte (no codec involved)
interface Golden {
  readonly name: string
  readonly hex: string
  readonly fields: Readonly<Record<string, unknown>>
  /** The bytes that we write, where they are not those of the row. */
  readonly canonical?: string
}

const context = { nextHop: '10.0.0.1', localAsn: 65000, internal: true, asn4: true, extended: false }

function check(nlriHex: string, rows: readonly Golden[]): void {
  for (const { name, hex, fields, canonical } of rows) {
    test(name, () => {
      const { announced, problems } = decodeUpdate(announcing(nlriHex, hex), { asn4: true })
      const [record] = announced
      assert.ok(record)
      assert.equal(record.discardedAttribute, undefined, problems.map(({ error }) => error.message).join('; '))
      validateRecord('segchain.topology/1', record)
      for (const [field, value] of Object.entries(fields)) {
        assert.deepEqual(Object.getOwnPropertyDescriptor(record, field)?.value, value, field)
      }
      const bytes = encodeAnnouncement(record, () => undefined, context).toString('hex')
      assert.ok(bytes.endsWith(canonical ?? hex), `${bytes}\n${canonical ?? hex}`)
      assert.ok(bytes.includes(nlriHex), 'the NLRI is written as it came')
    })
  }
}

const link = nlri(2, 2, localNode + remoteNode + tlv(259, '0a000001') + tlv(260, '0a000002'))
const ospfLink = nlri(2, 3, ospfNode + remoteNode + tlv(259, '0a000001') + tlv(260, '0a000002'))
const node = nlri(1, 2, localNode)
const prefix = nlri(3, 2, localNode + tlv(265, '180a0001'))
const ospfPrefix = nlri(3, 3, ospfNode + tlv(264, '01') + tlv(265, '200a000001'))

check(node, [
  {
    name: 'SRGB of two ranges, I and V flags (RFC 9085 §2.1.2)',
    hex: tlv(1034, `c000 001f40 ${tlv(1161, '003e80')} 000064 ${tlv(1161, '05dc00')}`),
    fields: {
      srgb: [
        { first: 16000, size: 8000 },
        { first: 384000, size: 100 },
      ],
      srCapabilities: ['mpls-ipv4', 'mpls-ipv6'],
    },
  },
  {
    name: 'a label range with a 4-byte SID/Label is read, and written with 3 bytes (RFC 9085 §2.1.1)',
    hex: tlv(1036, `0000 0003e8 ${tlv(1161, '00003a98')}`),
    canonical: tlv(1036, `0000 0003e8 ${tlv(1161, '003a98')}`),
    fields: { srlb: [{ first: 15000, size: 1000 }] },
  },
  {
    name: 'SR-Algorithm, SRMS preference, node MSDs',
    hex: tlv(266, '010a 0208') + tlv(1035, '00018081') + tlv(1037, '80'),
    fields: {
      algorithms: [0, 1, 128, 129],
      srmsPreference: 128,
      msds: [
        { type: 1, value: 10 },
        { type: 2, value: 8 },
      ],
    },
  },
  {
    name: 'a FAD with all its sub-TLVs (RFC 9351 §3)',
    hex: tlv(
      1039,
      `80 01 00 64 ${tlv(1040, '00000001')} ${tlv(1041, '0000000280000000')} ${tlv(1042, '00000004')} ${tlv(1043, '80000000')} ${tlv(1045, '0000000a00000014')} ${tlv(1046, '02 0607')}`,
    ),
    fields: {
      flexAlgoDefinitions: [
        {
          algorithm: 128,
          metricType: 1,
          calculationType: 0,
          priority: 100,
          excludeAny: [0],
          includeAny: [1, 63],
          includeAll: [2],
          flags: ['prefix-metric'],
          excludeSrlgs: [10, 20],
          unsupported: { protocol: 'isis-l2', types: [6, 7] },
        },
      ],
    },
  },
  {
    name: 'two FADs of one node stay two',
    hex: tlv(1039, '80010064') + tlv(1039, '81020065'),
    fields: {
      flexAlgoDefinitions: [
        { algorithm: 128, metricType: 1, calculationType: 0, priority: 100 },
        { algorithm: 129, metricType: 2, calculationType: 0, priority: 101 },
      ],
    },
  },
  {
    name: 'name, areas, flags, router-ids, topologies, S-BFD, SRv6 capabilities',
    hex:
      tlv(263, '00000002') +
      tlv(1024, '84') +
      tlv(1026, '7231') +
      tlv(1027, '490001') +
      tlv(1027, '49') +
      tlv(1028, '0aff0001') +
      tlv(1029, '20010db8000000000000000000000001') +
      tlv(1032, '0000000100000002') +
      tlv(1038, '40000000'),
    fields: {
      multiTopologyIds: [0, 2],
      flags: ['overload', 'v6'],
      name: 'r1',
      isisAreas: ['49.0001', '49'],
      routerIds: ['10.255.0.1', '2001:db8::1'],
      sbfdDiscriminators: [1, 2],
      srv6Capabilities: ['oam'],
    },
  },
])

check(link, [
  {
    name: 'traffic engineering of a link (RFC 9552 §5.3.2, RFC 9104)',
    hex:
      tlv(1088, '80000001') +
      tlv(1089, '4cee6b28') +
      tlv(1090, '4cee6b28') +
      tlv(1092, '00000064') +
      tlv(1095, '00000a') +
      tlv(1096, '0000000100000002') +
      tlv(1173, '0000000100000000 00000001'),
    fields: {
      adminGroups: [0, 31],
      maxBandwidthBytesPerSec: 125_000_000,
      teMetric: 100,
      igpMetric: 10,
      srlgs: [1, 2],
      extendedAdminGroups: [0, 64],
    },
  },
  {
    name: 'the 3-byte TE metric of old peers is read, and written with 4 (RFC 9552 §5.3.2.3)',
    hex: tlv(1092, '000064'),
    canonical: tlv(1092, '00000064'),
    fields: { teMetric: 100 },
  },
  {
    name: 'a metric of 100 in one byte, as FRR 10.7 sends it, is 100 and not its lower 6 bits',
    hex: tlv(1095, '64'),
    canonical: tlv(1095, '000064'),
    fields: { igpMetric: 100 },
  },
  {
    name: 'delay, its bounds, variation and loss with their A bits (RFC 8571 §2)',
    hex: tlv(1114, '800003e8') + tlv(1115, '00000064 000007d0') + tlv(1116, '0000000a') + tlv(1117, '80000064'),
    fields: {
      delayUs: 1000,
      minDelayUs: 100,
      maxDelayUs: 2000,
      delayVariationUs: 10,
      lossPercent: 0.0003,
      anomalous: ['delay', 'loss'],
    },
  },
  {
    name: 'adjacency-SIDs: a label of 3 bytes, an index of 4 (RFC 9085 §2.2.1)',
    hex: tlv(1099, '30 00 0000 003a98') + tlv(1099, '04 05 0000 00000007'),
    fields: {
      adjacencySids: [
        { label: 15000, flags: ['value', 'local'], weight: 0 },
        { index: 7, flags: ['persistent'], weight: 5 },
      ],
    },
  },
  {
    name: 'a LAN adjacency-SID of IS-IS names its neighbour by system-id (RFC 9085 §2.2.2)',
    hex: tlv(1100, '30 00 0000 000000000003 003a98'),
    fields: { adjacencySids: [{ label: 15000, flags: ['value', 'local'], weight: 0, neighbor: '0000.0000.0003' }] },
  },
  {
    name: 'peer SIDs of BGP EPE (RFC 9086 §5)',
    hex: tlv(1101, 'c0 00 0000 003e80') + tlv(1102, 'd0 01 0000 003e81') + tlv(1103, '00 00 0000 00000002'),
    fields: {
      peerSids: [
        { type: 'peer-node', label: 16000, flags: ['value', 'local'], weight: 0 },
        { type: 'peer-adjacency', label: 16001, flags: ['value', 'local', 'persistent'], weight: 1 },
        { type: 'peer-set', index: 2, flags: [], weight: 0 },
      ],
    },
  },
  {
    name: 'ASLA for Flex-Algo: masks, metric and affinities of its own (RFC 9294 §2)',
    hex: tlv(
      1122,
      `04 00 0000 10000000 ${tlv(1092, '00000014')} ${tlv(1115, '00000032 00000064')} ${tlv(1173, '00000002')}`,
    ),
    fields: {
      applicationSpecific: [
        {
          applications: ['flex-algo'],
          attributes: { teMetric: 20, minDelayUs: 50, maxDelayUs: 100, extendedAdminGroups: [1] },
        },
      ],
    },
  },
  {
    name: 'ASLA without masks is for any application (RFC 9294 §2)',
    hex: tlv(1122, `00 00 0000 ${tlv(1092, '00000014')}`),
    fields: { applicationSpecific: [{ applications: ['any'], attributes: { teMetric: 20 } }] },
  },
  {
    name: 'SRv6 End.X with its structure, and LAN End.X of IS-IS and OSPFv3 (RFC 9514 §4)',
    hex:
      tlv(1106, `0005 00 80 0a 00 fc000001000000000000000000000001 ${tlv(1252, '20101000')}`) +
      tlv(1107, '0005 80 00 00 00 000000000003 fc000001000000000000000000000002') +
      tlv(1108, '0005 00 00 00 00 0a000003 fc000001000000000000000000000003'),
    fields: {
      srv6EndXSids: [
        {
          behavior: 5,
          flags: [],
          algorithm: 128,
          weight: 10,
          sid: 'fc00:1::1',
          structure: { locatorBlockBits: 32, locatorNodeBits: 16, functionBits: 16, argumentBits: 0 },
        },
        { behavior: 5, flags: ['backup'], algorithm: 0, weight: 0, sid: 'fc00:1::2', neighbor: '0000.0000.0003' },
        { behavior: 5, flags: [], algorithm: 0, weight: 0, sid: 'fc00:1::3', neighbor: '10.0.0.3' },
      ],
    },
  },
  {
    name: 'graceful shutdown, RTM, L2 bundle member (RFC 8379, RFC 8169, RFC 9085 §2.2.3)',
    hex:
      tlv(1105, '60000000') +
      tlv(1121, '') +
      tlv(1172, `00000007 ${tlv(1089, '4cee6b28')}${tlv(1099, '30000000003a98')}`),
    fields: {
      rtmCapability: 3,
      gracefulShutdown: true,
      l2BundleMembers: [
        {
          localLinkId: 7,
          attributes: { maxBandwidthBytesPerSec: 125_000_000 },
          adjacencySids: [{ label: 15000, flags: ['value', 'local'], weight: 0 }],
        },
      ],
    },
  },
])

check(ospfLink, [
  {
    name: 'flags of an OSPF adjacency-SID are others than those of IS-IS (RFC 8665 §6.1)',
    hex: tlv(1095, '000a') + tlv(1099, '60 00 0000 003a98'),
    fields: { igpMetric: 10, adjacencySids: [{ label: 15000, flags: ['value', 'local'], weight: 0 }] },
  },
])

check(prefix, [
  {
    name: 'one prefix-SID for each algorithm, all of them kept (RFC 9085 §2.3.1)',
    hex: tlv(1158, '40 00 0000 00000001') + tlv(1158, '60 80 0000 00000065') + tlv(1158, '2c 81 0000 003e80'),
    fields: {
      prefixSids: [
        { algorithm: 0, index: 1, flags: ['node'] },
        { algorithm: 128, index: 101, flags: ['node', 'no-php'] },
        { algorithm: 129, label: 16000, flags: ['no-php', 'value', 'local'] },
      ],
    },
  },
  {
    name: 'metric, flags, tags, source router of a prefix (RFC 9552 §5.3.3, RFC 9085 §2.3)',
    hex:
      tlv(1044, '80 00 0000 00000064') +
      tlv(1152, '80') +
      tlv(1153, '0000000100000002') +
      tlv(1154, 'ffffffffffffffff') +
      tlv(1155, '0000000a') +
      tlv(1170, '28') +
      tlv(1171, '0aff0001'),
    fields: {
      prefix: '10.0.1.0/24',
      flexAlgoMetrics: [{ algorithm: 128, metric: 100 }],
      igpFlags: ['down'],
      routeTags: [1, 2],
      extendedRouteTags: ['18446744073709551615'],
      metric: 10,
      attributeFlags: ['node', 'anycast'],
      sourceRouterId: '10.255.0.1',
    },
  },
  {
    name: 'an SRv6 locator (RFC 9514 §5.1)',
    hex: tlv(1162, '80 80 0000 0000000a'),
    fields: { srv6Locator: { algorithm: 128, metric: 10, flags: ['down'] } },
  },
  {
    name: 'a SID range with a prefix-SID in it (RFC 9085 §2.3.5)',
    hex: tlv(1159, `00 00 000a ${tlv(1158, '00 00 0000 00000064')}`),
    fields: { sidRanges: [{ size: 10, flags: [], sids: [{ algorithm: 0, index: 100, flags: [] }] }] },
  },
])

check(nlri(4, 6, ospfNode + tlv(264, '01') + tlv(265, '30fc0000000001')), [
  {
    name: 'the flags of a locator of OSPFv3 are its PrefixOptions (RFC 9514 §5.1, RFC 9513 §6, §7.1): AC, N and DN',
    hex: tlv(1162, 'b0 81 0000 0000000a'),
    fields: { srv6Locator: { algorithm: 129, metric: 10, flags: ['anycast', 'node', 'down'] } },
  },
])

check(ospfPrefix, [
  {
    name: 'flags of an OSPF prefix-SID and prefix are others than those of IS-IS (RFC 8665 §5, RFC 7684 §2.1)',
    hex: tlv(1158, '40 00 0000 00000001') + tlv(1170, '40'),
    fields: {
      ospfRouteType: 'intra-area',
      prefixSids: [{ algorithm: 0, index: 1, flags: ['no-php'] }],
      attributeFlags: ['node'],
    },
  },
])

check(nlri(6, 2, localNode + tlv(518, 'fc000001000000000000000000000001')), [
  {
    name: 'an SRv6 SID with behavior, peer and structure (RFC 9514 §6, §7)',
    hex: tlv(1250, '00010080') + tlv(1251, '80 0a 0000 0000fde9 0a000009') + tlv(1252, '20101000'),
    fields: {
      sid: 'fc00:1::1',
      behavior: 1,
      algorithm: 128,
      peerNode: { flags: ['backup'], weight: 10, peerAsn: 65001, peerBgpId: '10.0.0.9' },
      structure: { locatorBlockBits: 32, locatorNodeBits: 16, functionBits: 16, argumentBits: 0 },
    },
  },
])

const head = tlv(256, tlv(512, '0000fde9') + tlv(516, '01010101'))
const candidate = tlv(554, '14 00 0000 0a000002 00000064 0000fde9 01010101 00000001')

check(nlri(5, 9, head + candidate), [
  {
    name: 'an SR Policy candidate path with binding SID, state, constraints and segment list (RFC 9857 §5)',
    hex:
      tlv(1201, `5000 0000 05dc1000 00000000`) +
      tlv(1202, '0a 00 5800 000000c8') +
      tlv(1203, '637031') +
      tlv(
        1204,
        `d000 0000 0002 80 00 ${tlv(1208, '01020000 000000ff 00000001 80000000')} ${tlv(1209, '0000000a00000014')} ${tlv(1211, 'a0200000 00000007')} ${tlv(1215, '01700000 00000005 00000064')}`,
      ) +
      tlv(
        1205,
        `5000 0000 0000 0000 00000001 ${tlv(1206, '0100 c000 03e81000 00')} ${tlv(1206, '0600 c000 05dc6000 0a000006 0a000007')} ${tlv(1207, '01100000 00000000 00000000 0000001e')} ${tlv(1216, '4e6e6b28')} ${tlv(1217, '00000007')}`,
      ) +
      tlv(1213, '626c7565'),
    fields: {
      endpoint: '10.0.0.2',
      color: 100,
      originator: '1.1.1.1',
      preference: 200,
      priority: 10,
      state: ['active', 'evaluated', 'valid'],
      candidatePathName: 'cp1',
      policyName: 'blue',
      bindingSids: [{ flags: ['allocated', 'srlb'], label: 24001 }],
      constraints: {
        flags: ['srv6', 'protected-only', 'algorithm-only'],
        multiTopologyId: 2,
        algorithm: 128,
        excludeAny: [0, 1, 2, 3, 4, 5, 6, 7],
        includeAny: [0, 63],
        srlgs: [10, 20],
        disjointGroup: { flags: ['srlg', 'link'], status: ['link'], group: '00000007' },
        metrics: [{ type: 1, flags: ['margin', 'absolute', 'bound'], margin: 5, bound: 100 }],
      },
      segmentLists: [
        {
          flags: ['explicit', 'verified'],
          multiTopologyId: 0,
          algorithm: 0,
          weight: 1,
          segments: [
            { type: 1, flags: ['sid-present', 'explicit'], label: 16001, algorithm: 0 },
            {
              type: 6,
              flags: ['sid-present', 'explicit'],
              label: 24006,
              localAddress: '10.0.0.6',
              remoteAddress: '10.0.0.7',
            },
          ],
          metrics: [{ type: 1, flags: ['value'], margin: 0, bound: 0, value: 30 }],
          bandwidthBytesPerSec: 1_000_000_000,
          segmentListId: 7,
        },
      ],
    },
  },
])

test('unknown TLVs are kept in attribute, NLRI and node descriptor, and written back where they stood', () => {
  const descriptor = tlv(256, tlv(512, '0000fde8') + tlv(515, '000000000001') + tlv(599, 'aa'))
  const hex = nlri(1, 2, descriptor + tlv(600, 'bb'))
  const [record] = decodeUpdate(announcing(hex, tlv(60000, 'cc')), { asn4: true }).announced
  assert.deepEqual(record?.unknown, [
    { code: 599, value: 'aa', in: 'local-node' },
    { code: 600, value: 'bb', in: 'nlri' },
    { code: 60000, value: 'cc' },
  ])
  assert.equal(record?.id, 'isis-l2:0:65000:0000.0000.0001;x599=aa;x600=bb')
  const bytes = encodeAnnouncement(record as NodeRecord | LinkRecord | PrefixRecord, () => undefined, context)
  assert.ok(bytes.toString('hex').includes(hex))
  assert.ok(bytes.toString('hex').endsWith(tlv(60000, 'cc')))
})
