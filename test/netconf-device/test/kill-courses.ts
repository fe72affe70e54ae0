import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { DeviceOptions } from '../src/index.js'
import { assertSettled, type KillPoint, killAt, killPoints, recover } from './kill-at.js'
import { startNetwork } from './network.js'

/** A kind of devices, the health of the network, and which of the operations are struck at. */
export type Course = readonly [string, Partial<DeviceOptions>, 'well' | 'ill', (point: KillPoint) => boolean]

/** A test for a course, with one below it for each place where `kill -9` strikes. */
export function strikeEverywhere([kind, options, health, struck]: Course): void {
  it(`on devices with ${kind}: recover leaves all devices with everything, or none with anything`, async (t) => {
    const points = (await killPoints(options, health)).filter(struck)
    assert.ok(points.length >= 2, 'no operation to strike at')
    for (const point of points) {
      await t.test(`${point.when} ${point.operation} ${point.count}`, async () => {
        const network = await startNetwork(2, options)
        try {
          const probe = health === 'ill' ? ['--probe', 'false', '--probe-timeout', '1'] : []
          await killAt(network, ['apply', ...network.flags, ...probe], point)
          await recover(network)
          await assertSettled(network)
        } finally {
          await network.stop()
        }
      })
    }
  })
}
