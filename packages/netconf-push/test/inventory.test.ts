import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseDevices } from '../src/inventory/index.js'

const device = (spec: string) =>
  `apiVersion: segchain/v1\nkind: Device\nmetadata: { name: r1 }\nspec:\n  address: 192.0.2.1\n  ${spec}\n`

describe('Device intents', () => {
  it('say who brings SR Policies to the device', () => {
    for (const policies of ['config', 'pcep', 'elsewhere']) {
      assert.equal(parseDevices(device(`policies: ${policies}`), 'd.yaml', 'me')[0]?.policies, policies)
    }
    assert.equal(parseDevices(device('port: 830'), 'd.yaml', 'me')[0]?.policies, undefined)
  })

  it('are refused with the line when they say something else there', () => {
    assert.throws(() => parseDevices(device('policies: never'), 'd.yaml', 'me'), {
      code: 'DEVICE_FIELD',
      where: { file: 'd.yaml', line: 6 },
    })
  })
})
