import assert from 'node:assert/strict'
import { Duplex } from 'node:stream'
import { describe, it } from 'node:test'
import { SegchainError } from '@segchain/records'
import fc from 'fast-check'
import { fetchCertificate, parseCertificate, verifySignature } from '../src/transport/host-certificate/index.js'

const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 200)

// source: ssh-keygen -q -s ca -I test -h -n r1.example host.pub of OpenSSH 9.2, both keys ed25519
const certificate = Buffer.from(
  'AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29tAAAAIMrilQd9yXieFpl6kLUyHDOjEmZC8o3OfOHobSiZWQ/BAAAAIDIGUZ2Kn9LT9sXKIw5ouJZDivhpoxACGZ9EN8KFfHmTAAAAAAAAAAAAAAACAAAABHRlc3QAAAAOAAAACnIxLmV4YW1wbGUAAAAAAAAAAP//////////AAAAAAAAAAAAAAAAAAAAMwAAAAtzc2gtZWQyNTUxOQAAACBex9+Jq9ei6znLiQHicD8mh38lbJy4k5NKKdO5zitxdwAAAFMAAAALc3NoLWVkMjU1MTkAAABA3gf/y0T+OvZhtgPyWb0EOwGbUnwVQDPh7s9mSLgsItvsY3s0GEkKbG2MurMSX6EB5DzzPZchWohZaerjagFwAw==',
  'base64',
)

/** A server that says these bytes, and nothing else. */
function serverThatSays(bytes: Buffer): Duplex {
  const stream = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() })
  setImmediate(() => {
    stream.push(bytes)
    stream.push(null)
    stream.destroy()
  })
  return stream
}

describe('host certificates', () => {
  it('are read as ssh-keygen -L shows them', () => {
    const read = parseCertificate(certificate)
    assert.equal(read.type, 2)
    assert.equal(read.id, 'test')
    assert.deepEqual(read.principals, ['r1.example'])
    assert.equal(read.key.toString('latin1', 4, 15), 'ssh-ed25519')
    assert.ok(verifySignature(read.authority, read.signature, read.signed))
  })

  it('do not verify when any byte of them is another', () => {
    for (let at = 0; at < certificate.length; at++) {
      const changed = Buffer.from(certificate)
      changed[at] = (changed[at] ?? 0) ^ 1
      try {
        const read = parseCertificate(changed)
        assert.equal(verifySignature(read.authority, read.signature, read.signed), false, `byte ${at}`)
      } catch (error) {
        assert.ok(error instanceof SegchainError, String(error))
      }
    }
  })

  it('are an error of ours whatever a server sends', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), async (bytes, greets) => {
        const said = Buffer.concat([Buffer.from(greets ? 'SSH-2.0-x\r\n' : ''), bytes])
        try {
          await fetchCertificate(serverThatSays(said), 1000)
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'HOST_CERTIFICATE')
        }
      }),
      { numRuns },
    )
  })
})
