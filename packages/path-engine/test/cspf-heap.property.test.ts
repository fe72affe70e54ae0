import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Heap } from '../src/cspf/heap.js'

const runs = { numRuns: Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 200) }

test('what goes in comes out in order, whatever comes between', () => {
  // A number goes in; undefined takes one out.
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer(), { nil: undefined })), (steps) => {
      const heap = new Heap<number>((a, b) => a < b)
      const model: number[] = []
      for (const step of steps) {
        if (step === undefined) assert.equal(heap.pop(), model.shift())
        else {
          heap.push(step)
          model.push(step)
          model.sort((a, b) => a - b)
        }
        assert.equal(heap.size, model.length)
      }
      while (model.length > 0) assert.equal(heap.pop(), model.shift())
      assert.equal(heap.pop(), undefined)
    }),
    runs,
  )
})
