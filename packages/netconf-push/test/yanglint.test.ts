import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ietf } from '../src/dialects/ietf/index.js'
import { expressAll, type NetconfDialect } from '../src/dialects/index.js'
import { openconfig } from '../src/dialects/openconfig/index.js'
import { toXml } from '../src/model/index.js'
import { sampleElements } from './plan-elements.js'

const fixtures = fileURLToPath(new URL('../../test/fixtures/yang', import.meta.url))
const own = fileURLToPath(new URL('../../yang', import.meta.url))

/** What a device has already, where the models want it. */
const surroundings: Readonly<Record<string, (xml: string) => string>> = {
  ietf: (xml) => xml.replace(/(<isis xmlns="[^"]*ietf-isis">)/, '$1<area-address>49.0001</area-address>'),
  openconfig: (xml) =>
    xml.replace(
      '<network-instance><name>default</name>',
      '<network-instance><name>default</name><config><name>default</name><type xmlns:t="http://openconfig.net/yang/network-instance-types">t:DEFAULT_INSTANCE</type></config>',
    ),
}

describe('yanglint', () => {
  for (const [dialect, modules] of [
    [
      ietf,
      [
        'ietf-segment-routing-common',
        'ietf-segment-routing-mpls',
        'ietf-isis',
        'ietf-te-types',
        'iana-igp-algo-types',
        'ietf-isis-sr-mpls',
        'ietf-isis-flex-algo',
        'ietf-ip',
        'iana-if-type',
        'iana-igp-metric-types',
        'segchain-prefix-sid-algorithms',
      ],
    ],
    [
      openconfig,
      [
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
    ],
  ] as const) {
    it(`finds what dialect ${dialect.name} generates valid`, (t) => {
      if (!installed(t)) return
      const result = validate(dialect, modules, (xml) => xml)
      assert.equal(result.status, 0, result.complaint)
    })

    it(`finds fault with what dialect ${dialect.name} would generate with a wrong value`, (t) => {
      if (!installed(t)) return
      const result = validate(dialect, modules, (xml) => xml.replace('10.254.0.1/32', '10.254.0.1/33'))
      assert.match(result.complaint, /10\.254\.0\.1\/33/)
    })
  }
})

function installed(t: TestContext): boolean {
  try {
    execFileSync('yanglint', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    if (process.env.SEGCHAIN_REQUIRE_PEERS === '1') assert.fail('yanglint is not installed')
    t.skip('yanglint not installed: npm run peers')
    return false
  }
}

function validate(
  dialect: NetconfDialect,
  modules: readonly string[],
  spoil: (xml: string) => string,
): { readonly status: number | null; readonly complaint: string } {
  const loopbacks = new Map(
    sampleElements.flatMap((element) =>
      element.kind === 'loopback' ? [[element.prefix, element.number] as const] : [],
    ),
  )
  const { wanted, refused } = expressAll(dialect, sampleElements, { device: 'r1', igpInstance: 'core', loopbacks })
  assert.deepEqual(refused, [])
  const complete = surroundings[dialect.name] ?? ((xml: string) => xml)
  const folder = mkdtempSync(join(tmpdir(), 'segchain-yanglint-'))
  try {
    const file = join(folder, 'config.xml')
    writeFileSync(file, complete(spoil(toXml(wanted, dialect.modules))))
    // The published model contradicts itself: `dataplane-type` is an enumeration (MPLS), and the label
    // blocks stand under a `when` that compares it with an identity (oc-srt:MPLS), which never holds.
    const contradictory = readFileSync(join(fixtures, 'openconfig-segment-routing.yang'), 'utf8')
    writeFileSync(join(folder, 'openconfig-segment-routing.yang'), contradictory.replaceAll("'oc-srt:MPLS'", "'MPLS'"))
    const corrected = dialect.name === 'openconfig' ? [join(folder, 'openconfig-segment-routing.yang')] : []
    const files = [...corrected, ...modules.map((module) => moduleFile(module))]
    const { status, stderr } = spawnSync(
      'yanglint',
      ['-i', '-p', folder, '-p', fixtures, '-p', own, '-t', 'config', ...files, file],
      { encoding: 'utf8' },
    )
    return {
      status,
      complaint: stderr
        .split('\n')
        .filter((line) => !line.includes('warn'))
        .join('\n'),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function moduleFile(module: string): string {
  const found = readdirSync(fixtures).find((name) => name === `${module}.yang` || name.startsWith(`${module}@`))
  return found === undefined ? join(own, `${module}.yang`) : join(fixtures, found)
}
