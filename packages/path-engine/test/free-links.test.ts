import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasFreeLink, igpTopology } from '../src/index.js'
import { graphOf, node } from './support/network.js'

const onLan = (metric: number) =>
  igpTopology(
    graphOf(
      [node('a'), node('b'), node('lan', { pseudonode: true })],
      ['a', 'b'].flatMap((router) => [
        { from: router, to: 'lan', metric, oneWay: true },
        { from: 'lan', to: router, metric: 0, oneWay: true },
      ]),
    ),
  )

test('a LAN costs nothing to leave; free is only what one could go round on: a router that enters it for nothing, or a link between routers', () => {
  assert.equal(hasFreeLink(onLan(10)), false)
  assert.equal(hasFreeLink(onLan(0)), true)
  const routers = (metric: number) => igpTopology(graphOf([node('a'), node('b')], [{ from: 'a', to: 'b', metric }]))
  assert.deepEqual([hasFreeLink(routers(1)), hasFreeLink(routers(0))], [false, true])
})
