import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ietf } from '../src/dialects/ietf/index.js'
import type { NetconfDialect } from '../src/dialects/index.js'
import { iosxr } from '../src/dialects/iosxr/index.js'
import { junos } from '../src/dialects/junos/index.js'
import { yangNamespaces } from '../src/dialects/junos/modules.js'
import { igps } from '../src/dialects/matrix/index.js'
import { openconfig } from '../src/dialects/openconfig/index.js'
import { type ModuleTable, toXml } from '../src/model/index.js'
import { everything } from './support/everything.js'
import { complaintsOf, type Models, yanglintInstalled } from './support/yanglint.js'

const fixtures = fileURLToPath(new URL('../../test/fixtures/yang', import.meta.url))
const own = fileURLToPath(new URL('../../yang', import.meta.url))
/** A folder with the vendors' modules, which are not ours to ship: `iosxr` and `junos` in it. See docs/new-dialect.md. */
const vendors = process.env.SEGCHAIN_VENDOR_YANG

interface Tried {
  readonly dialect: NetconfDialect
  readonly models: Models | undefined
  /** What a device has already, where the models want it. */
  readonly surroundings?: (xml: string) => string
  readonly namespaces?: ModuleTable
}

// The published model contradicts itself: `dataplane-type` is an enumeration (MPLS), and the label
// blocks stand under a `when` that compares it with an identity (oc-srt:MPLS), which never holds.
const contradictory = readFileSync(join(fixtures, 'openconfig-segment-routing.yang'), 'utf8')

// The priority has a default, and may not be there unless the interface is a LAN: no other one would ever be valid.
const lanOnly = readFileSync(join(fixtures, 'ietf-isis@2022-10-19.yang'), 'utf8')

const tried: readonly Tried[] = [
  {
    dialect: ietf,
    models: {
      folders: [fixtures, own],
      corrected: { 'ietf-isis': lanOnly.replace(`must '../interface-type = "broadcast"'`, "must 'true()'") },
      modules: [
        'ietf-segment-routing-common',
        'ietf-segment-routing-mpls',
        'ietf-isis',
        'ietf-te-types',
        'iana-igp-algo-types',
        'iana-igp-link-attr-apps',
        'ietf-isis-sr-mpls',
        'ietf-isis-flex-algo',
        'ietf-isis-link-attr',
        'ietf-ospf',
        'ietf-ospf-sr-mpls',
        'ietf-ip',
        'iana-if-type',
        'iana-igp-metric-types',
        'segchain-prefix-sid-algorithms',
      ],
    },
    surroundings: (xml) =>
      xml
        .replace(/(<isis xmlns="[^"]*ietf-isis">)/, '$1<area-address>49.0001</area-address>')
        .replace(
          /(<isis .*?<interface><name>ge-0\/0\/1.0<\/name>)/,
          '$1<interface-type>point-to-point</interface-type>',
        )
        .replace(
          '<interfaces xmlns="urn:ietf:params:xml:ns:yang:ietf-interfaces">',
          '$&<interface><name>ge-0/0/1.0</name><type xmlns:i="urn:ietf:params:xml:ns:yang:iana-if-type">i:ethernetCsmacd</type></interface>',
        ),
  },
  {
    dialect: openconfig,
    models: {
      folders: [fixtures],
      corrected: { 'openconfig-segment-routing': contradictory.replaceAll("'oc-srt:MPLS'", "'MPLS'") },
      modules: [
        'openconfig-segment-routing',
        'openconfig-network-instance-types',
        'openconfig-policy-types',
        'openconfig-isis-types',
        'openconfig-segment-routing-types',
        'openconfig-network-instance',
        'openconfig-flexalgo',
        'openconfig-interfaces',
        'openconfig-if-ip',
        'iana-if-type',
      ],
    },
    surroundings: (xml) =>
      xml.replace(
        '<network-instance><name>default</name>',
        '<network-instance><name>default</name><config><name>default</name><type xmlns:t="http://openconfig.net/yang/network-instance-types">t:DEFAULT_INSTANCE</type></config>',
      ),
  },
  {
    dialect: junos,
    namespaces: yangNamespaces,
    models:
      vendors === undefined ? undefined : { folders: [join(vendors, 'junos')], modules: Object.keys(yangNamespaces) },
  },
  {
    dialect: iosxr,
    models:
      vendors === undefined ? undefined : { folders: [join(vendors, 'iosxr')], modules: Object.keys(iosxr.modules) },
    surroundings: (xml) =>
      xml.replace(
        /(<process><process-id>core<\/process-id>)/,
        '$1<nets><net><net-id>49.0001.0000.0000.0001.00</net-id></net></nets>',
      ),
  },
]

for (const { dialect, models, surroundings = (xml: string) => xml, namespaces = dialect.modules } of tried) {
  describe(`yanglint and dialect ${dialect.name}`, () => {
    for (const [igp, facts] of Object.entries(igps)) {
      const xml = surroundings(toXml(everything(dialect, facts).wanted, namespaces))

      it(`finds everything valid that is generated for ${igp}`, (t) => {
        if (models === undefined) return t.skip('SEGCHAIN_VENDOR_YANG names no folder with the vendor’s modules')
        if (yanglintInstalled(t)) assert.equal(complaintsOf(models, xml), '')
      })

      it(`finds fault with a wrong value in what is generated for ${igp}`, (t) => {
        if (models === undefined) return t.skip('SEGCHAIN_VENDOR_YANG names no folder with the vendor’s modules')
        const spoilt = xml.replace(/\b1500\b|\b16000\b/, '99999999999')
        assert.notEqual(spoilt, xml)
        if (yanglintInstalled(t)) assert.match(complaintsOf(models, spoilt), /99999999999/)
      })
    }
  })
}
