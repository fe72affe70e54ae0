import assert from 'node:assert/strict'
import test from 'node:test'
import { styleText } from 'node:util'
import { wrap } from '../src/wrap.js'

test('what does not fit goes on under the last column of its line, between words', () => {
  const line = '     17004  anycast-sid  orange/cg/detect on r2 or r5: its anycast SID'
  assert.equal(wrap(line, 100), line)
  assert.deepEqual(wrap(line, 54).split('\n'), [
    '     17004  anycast-sid  orange/cg/detect on r2 or r5:',
    '                         its anycast SID',
  ])
})

test('a line without columns goes on two further in', () => {
  assert.equal(wrap('   one two three', 12), '   one two\n     three')
})

test('colour takes no room, and no word is broken', () => {
  const painted = `   ${styleText('green', 'one', { validateStream: false })} two`
  assert.equal(wrap(painted, 10), painted)
  assert.equal(wrap('   onetwothreefour five', 8), '   onetwothreefour\n     five')
})
