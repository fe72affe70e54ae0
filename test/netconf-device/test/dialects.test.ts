import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dialects, diffDevice, matrix, runTransaction } from '@segchain/netconf-push'
import { allCapabilities, type Device, startDevice } from '../src/index.js'
import { createWorkspace, inventoryDevice, optionsFor, silent } from './support.js'

const LINK = 'ge-0/0/1.0'

/** What a device of each kind has before us: the instance of IS-IS, an interface in it, and something of somebody else. */
const configs: Readonly<Record<string, string>> = {
  junos:
    '<configuration xmlns="http://xml.juniper.net/xnm/1.1/xnm"><system><host-name>r1</host-name></system><protocols><isis>' +
    `<interface><name>${LINK}</name><point-to-point/></interface></isis></protocols></configuration>`,
  iosxr:
    '<router xmlns="http://cisco.com/ns/yang/Cisco-IOS-XR-um-router-isis-cfg"><isis><processes><process>' +
    '<process-id>core</process-id><nets><net><net-id>49.0001.0000.0000.0001.00</net-id></net></nets><interfaces>' +
    `<interface><interface-name>${LINK}</interface-name><point-to-point/></interface></interfaces>` +
    '</process></processes></isis></router>',
  ietf:
    '<routing xmlns="urn:ietf:params:xml:ns:yang:ietf-routing"><control-plane-protocols><control-plane-protocol>' +
    '<type xmlns:isis="urn:ietf:params:xml:ns:yang:ietf-isis">isis:isis</type><name>core</name>' +
    '<isis xmlns="urn:ietf:params:xml:ns:yang:ietf-isis"><area-address>49.0001</area-address><interfaces>' +
    `<interface><name>${LINK}</name><interface-type>point-to-point</interface-type></interface></interfaces></isis>` +
    '</control-plane-protocol></control-plane-protocols></routing>',
  openconfig:
    '<network-instances xmlns="http://openconfig.net/yang/network-instance"><network-instance><name>default</name>' +
    '<protocols><protocol><identifier xmlns:p="http://openconfig.net/yang/policy-types">p:ISIS</identifier>' +
    '<name>core</name><config><identifier xmlns:p="http://openconfig.net/yang/policy-types">p:ISIS</identifier>' +
    `<name>core</name></config><isis><interfaces><interface><interface-id>${LINK}</interface-id><config><interface-id>` +
    `${LINK}</interface-id></config></interface></interfaces></isis></protocol></protocols></network-instance></network-instances>`,
}

const base = allCapabilities.filter((uri) => uri.startsWith('urn:ietf:params:netconf:'))

describe('every dialect on the embedded device', () => {
  for (const dialect of dialects) {
    it(`${dialect.name} is recognised, has everything that it can say in force, and takes all of it back`, async () => {
      const modules = Object.entries(dialect.modules).map(([name, namespace]) => `${namespace}?module=${name}`)
      const mark = dialect.recognisedBy.includes('://') ? [dialect.recognisedBy] : modules
      await withDevice(
        { dialect, config: configs[dialect.name] ?? '', capabilities: [...base, ...mark] },
        async (device, workspace) => {
          const unnamed = { ...inventoryDevice('r1', device.port, workspace.keyFile), igpInstance: 'core' }
          const plan = { device: unnamed, elements: matrix.sayableTogether(dialect, matrix.igps.isis) }
          const options = optionsFor([unnamed], `${device.hostKeyLine}\n`)
          const before = device.running()
          const probe = (): Promise<void> => Promise.reject(new Error('no light'))
          const undone = await runTransaction([plan], { ...options, probe }, silent)
          assert.equal(undone.outcomes[0]?.error?.message, 'no light')
          assert.equal(device.running(), before)
          const { outcomes } = await runTransaction([plan], options, silent)
          assert.deepEqual(
            [outcomes[0]?.error, outcomes[0]?.status, outcomes[0]?.verified],
            [undefined, 'applied', true],
          )
          assert.equal((await diffDevice(plan, options, silent)).status, 'unchanged')
        },
      )
    })
  }

  it('refuses before anything is sent to any device; what was to be skipped is told', async () => {
    const row = matrix.rows.find(({ name }) => name === 'SR Policy')
    const sayable = matrix.rows.find(({ name }) => name === 'SRGB')
    await withDevice({}, async (one, workspace) => {
      await withDevice({ authorizedKeys: [workspace.publicKey] }, async (other) => {
        const inventory = [
          inventoryDevice('r1', one.port, workspace.keyFile),
          inventoryDevice('r2', other.port, workspace.keyFile),
        ]
        const plans = inventory.map((device, index) => ({
          device,
          elements: [...(sayable?.elements ?? []), ...(index === 0 ? (row?.elements ?? []) : [])],
        }))
        const options = optionsFor(inventory, `${one.hostKeyLine}\n${other.hostKeyLine}\n`)
        const refused = await runTransaction(plans, options, silent)
        assert.equal(refused.outcomes[0]?.error?.code, 'NOT_EXPRESSIBLE')
        const sent = [...one.operations, ...other.operations]
        assert.deepEqual(
          sent.filter((operation) => /edit-config|commit/.test(operation)),
          [],
        )
        const told: string[] = []
        const watch = {
          ...silent,
          trouble: (device: string, error: { code: string }) => told.push(`${device} ${error.code}`),
        }
        const skipped = await runTransaction(plans, { ...options, unsupported: 'skip' }, watch)
        assert.deepEqual(
          skipped.outcomes.map((outcome) => outcome.status),
          ['applied', 'applied'],
        )
        assert.deepEqual(told, ['r1 NOT_EXPRESSIBLE'])
      })
    })
  })
})

type Workspace = ReturnType<typeof createWorkspace>

async function withDevice(
  options: Partial<Parameters<typeof startDevice>[0]>,
  run: (device: Device, workspace: Workspace) => Promise<void>,
): Promise<void> {
  const workspace = createWorkspace()
  const device = await startDevice({ authorizedKeys: [workspace.publicKey], ...options })
  try {
    await run(device, workspace)
  } finally {
    await device.stop()
    workspace.remove()
  }
}
