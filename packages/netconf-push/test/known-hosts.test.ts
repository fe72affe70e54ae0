import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { globMatches, hostKeyAlgorithms, parseKnownHosts, verifyHostKey } from '../src/transport/known-hosts/index.js'

// source: made with ssh-keygen -t ed25519 / -t rsa of OpenSSH 9.2, the hashed lines by ssh-keygen -H
const ed25519 = 'AAAAC3NzaC1lZDI1NTE5AAAAIL7o3EzyUir6SO87aPx5N6enW025sGzAiBsUY1OqiAUe'
const other = 'AAAAC3NzaC1lZDI1NTE5AAAAIB1ImdhSFNSIhTU2ltlulJkPA43NZIoCPxYG62JnWR44'
const rsa =
  'AAAAB3NzaC1yc2EAAAADAQABAAABAQC5sqfHhYaiYVZgTEWEN5104B4BN9aLAyCgSMZAknRd4ZYC+fGX0QsBxnWx7Kc5v3q2JSzCZC5NpDrkZQ5wb0TGk+i42cR6By50LGAWnkgwMIRISyGrX8J5RnqG4Cj62RyZwh7tKoTjOX8vhAgBCBlGwr4wZh1FhfrL3xbt2K6bZ3bOgXHLT8xkhkOtHgy+liWnDMZ6G4ouHs4agjTooF94N30aF3moNt3kUCLuvmgQbxqZWg6lYKrLQy0ZmncC4LCoxyxAp1dVrztPngoak2NHu1fG9ZESLv0irePr4WFLJAvF/F1LqxIB8wa/FCJOd3fBUIxZxn01gluTPsy7c10f'
const hashedHost =
  '|1|l9r7ooaAsd6sbnsHCi62swPXfUY=|nY8GWO3uoH5hsrX6jzwYoOE0qw0= ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIL7o3EzyUir6SO87aPx5N6enW025sGzAiBsUY1OqiAUe'
const hashedPort =
  '|1|0NqND8izKrlPqdWye0EZfE5I8CY=|El+ST7eb6bRonFMQvJq3sSiuC8o= ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIL7o3EzyUir6SO87aPx5N6enW025sGzAiBsUY1OqiAUe'

const key = Buffer.from(ed25519, 'base64')

function verify(text: string, host = 'r1.example', port = 22, presented = key): void {
  verifyHostKey(parseKnownHosts(text, 'known_hosts'), host, port, presented)
}

describe('known hosts', () => {
  it('trusts a key that stands there', () => {
    verify(`r0,r1.example ssh-ed25519 ${ed25519} a comment\n`)
    verify(`R1.Example\tssh-ed25519\t${ed25519}\n`)
    verify(`[r1.example]:830 ssh-ed25519 ${ed25519}\n`, 'r1.example', 830)
    verify(`*.example,!r2.example ssh-ed25519 ${ed25519}\n`)
  })

  it('trusts names that ssh-keygen -H has hashed, with and without a port', () => {
    verify(`${hashedHost}\n`)
    verify(`${hashedPort}\n`, 'r1.example', 8830)
  })

  it('says that a key is unknown, and the line that would make it known', () => {
    for (const text of [
      '',
      '# nothing\n',
      `[r1.example]:830 ssh-ed25519 ${ed25519}\n`,
      `*.example,!r1.example ssh-ed25519 ${ed25519}\n`,
      'r1.example\n',
    ]) {
      assert.throws(
        () => verify(text),
        (error: { code: string; hint: string }) => {
          assert.equal(error.code, 'HOST_KEY_UNKNOWN')
          assert.ok(error.hint.endsWith(`: r1.example ssh-ed25519 ${ed25519}`))
          return true
        },
      )
    }
  })

  it('shouts when the key has changed, and names the line', () => {
    assert.throws(() => verify(`# first\nr1.example ssh-ed25519 ${other}\n`), {
      code: 'HOST_KEY_CHANGED',
      where: { file: 'known_hosts', line: 2 },
    })
  })

  it('calls a key of another type unknown, not changed', () => {
    assert.throws(() => verify(`r1.example ssh-rsa ${rsa}\n`), { code: 'HOST_KEY_UNKNOWN' })
  })

  it('refuses a revoked key even when another line trusts it', () => {
    assert.throws(() => verify(`r1.example ssh-ed25519 ${ed25519}\n@revoked * ssh-ed25519 ${ed25519}\n`), {
      code: 'HOST_KEY_REVOKED',
    })
    verify(`r1.example ssh-ed25519 ${ed25519}\n@revoked * ssh-ed25519 ${other}\n`)
  })

  it('does not take the key of a certificate authority for the key of a host', () => {
    assert.throws(() => verify(`@cert-authority *.example ssh-ed25519 ${ed25519}\n`), { code: 'HOST_KEY_UNKNOWN' })
  })

  it('survives a key that is no key', () => {
    assert.throws(() => verify('', 'r1', 22, Buffer.from([1, 2])), { code: 'HOST_KEY_UNKNOWN' })
    assert.throws(() => verify('', 'r1', 22, Buffer.from('ffffffff', 'hex')), { code: 'HOST_KEY_UNKNOWN' })
  })

  it('asks first for the types of key that are known, and never for SHA-1', () => {
    const lines = parseKnownHosts(`r1.example ssh-rsa ${rsa}\n`, 'known_hosts')
    const algorithms = hostKeyAlgorithms(lines, 'r1.example', 22)
    assert.deepEqual(algorithms.slice(0, 2), ['rsa-sha2-512', 'rsa-sha2-256'])
    assert.ok(!algorithms.includes('ssh-rsa'))
    assert.equal(hostKeyAlgorithms([], 'r1.example', 22)[0], 'ssh-ed25519')
  })

  it('matches patterns with many stars in no time', () => {
    const started = performance.now()
    assert.equal(globMatches('*a'.repeat(200), 'a'.repeat(5000).concat('b')), false)
    assert.ok(performance.now() - started < 500)
    assert.equal(globMatches('[10.0.0.?]:*', '[10.0.0.7]:8830'), true)
  })
})
