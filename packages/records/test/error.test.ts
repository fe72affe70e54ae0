import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalJson, digestOf, redact, SegchainError, toSegchainError } from '../src/index.js'

test('secrets are redacted inside the class, wherever they stand', () => {
  const texts = [
    'password=hunter2 refused',
    '<password>hunter2</password>',
    '{"secret": "hunter2"}',
    'Authorization: Bearer hunter2',
    'https://admin:hunter2@device/',
    '-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2\n-----END OPENSSH PRIVATE KEY-----',
    '-----BEGIN RSA PRIVATE KEY-----\nhunter2 cut off',
  ]
  for (const text of texts) {
    const error = new SegchainError({
      category: 'connect',
      code: 'X',
      message: text,
      hint: text,
      cause: new Error(text),
    })
    assert.doesNotMatch(JSON.stringify(error) + error.message + error.hint, /hunter2/, text)
  }
  assert.equal(redact('no secret here: label 16001'), 'no secret here: label 16001')
})

test('a location is completed by the caller, and what is known inside wins', () => {
  const error = new SegchainError({ category: 'data', code: 'X', message: 'm', where: { line: 3 } })
  assert.equal(error.at({ file: 'a.yaml', line: 9 }).location, 'a.yaml:3')
  assert.equal(new SegchainError({ category: 'data', code: 'X', message: 'm' }).location, '')
})

test('any thrown value becomes our error', () => {
  assert.equal(toSegchainError(new TypeError('x')).category, 'internal')
  assert.equal(toSegchainError('text').message, 'text')
})

test('the canonical form does not depend on the order of members', () => {
  assert.equal(canonicalJson({ b: 1, a: [{ d: undefined, c: 'é' }] }), '{"a":[{"c":"é"}],"b":1}')
  assert.equal(digestOf({ a: 1, b: 2 }), digestOf({ b: 2, a: 1 }))
  assert.notEqual(digestOf({ a: 1 }), digestOf({ a: '1' }))
})
