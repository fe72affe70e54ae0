import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it, type TestContext } from 'node:test'
import { diffDevice, openSsh } from '@segchain/netconf-push'
import {
  type Netconfd,
  netconfdMissing,
  type Sshd,
  type SshdOptions,
  sshdMissing,
  startNetconfd,
  startSshd,
} from '../src/index.js'
import { startAgent } from './agent.js'
import { applyDevice, createWorkspace, elementsFor, inventoryDevice, optionsFor, silent } from './support.js'

const missing = sshdMissing() ?? netconfdMissing()

function skipped(t: TestContext): boolean {
  if (missing === undefined) return false
  if (process.env.SEGCHAIN_REQUIRE_PEERS === '1') assert.fail(missing)
  t.skip(missing)
  return true
}

describe('OpenSSH as a jump host, netconfd behind it', () => {
  let netconfd: Netconfd
  let jump: Sshd
  before(async () => {
    if (missing !== undefined) return
    netconfd = await startNetconfd()
    jump = await startSshd()
  })
  after(async () => {
    if (missing !== undefined) return
    await Promise.all([netconfd.stop(), jump.stop()])
  })

  function setting(knownHosts: string) {
    const jumpDevice = inventoryDevice('bastion', jump.port, jump.keyFile)
    const device = { ...inventoryDevice('r1', netconfd.port, netconfd.keyFile), jumpHost: 'bastion' }
    return { plan: { device, elements: elementsFor('r1') }, options: optionsFor([device, jumpDevice], knownHosts) }
  }
  const netconfdKey = (): string => readFileSync(netconfd.knownHostsFile, 'utf8')

  it('applies a plan through it', async (t) => {
    if (skipped(t)) return
    const { plan, options } = setting(netconfdKey() + jump.knownHosts)
    const outcome = await applyDevice(plan, options, silent)
    assert.equal(outcome.error, undefined)
    assert.equal(outcome.status, 'applied')
    assert.match(jump.log(), /Accepted publickey/)
  })

  it('checks the keys of both', async (t) => {
    if (skipped(t)) return
    for (const known of [netconfdKey(), jump.knownHosts]) {
      const { plan, options } = setting(known)
      const { error } = await diffDevice(plan, options, silent)
      assert.equal(error?.code, 'HOST_KEY_UNKNOWN')
    }
  })

  it('says that the jump host does not let it through, or that the jump hosts are a circle', async (t) => {
    if (skipped(t)) return
    const strict = await startSshd({ forwarding: false })
    try {
      const bastion = inventoryDevice('bastion', strict.port, strict.keyFile)
      const device = { ...inventoryDevice('r1', netconfd.port, netconfd.keyFile), jumpHost: 'bastion' }
      const options = optionsFor([device, bastion], netconfdKey() + strict.knownHosts)
      const { error } = await diffDevice({ device, elements: elementsFor('r1') }, options, silent)
      assert.equal(error?.code, 'JUMP_HOST')
      const circle = optionsFor([device, { ...bastion, jumpHost: 'r1' }], '')
      const round = await diffDevice({ device, elements: elementsFor('r1') }, circle, silent)
      assert.match(round.error?.message ?? '', /circle/)
    } finally {
      await strict.stop()
    }
  })
})

describe('an agent with more keys than OpenSSH tries', () => {
  it('gives way to the key file; without one, the error says what it is', async (t) => {
    if (skipped(t)) return
    const workspaces = Array.from({ length: 7 }, createWorkspace)
    const sshd = await startSshd()
    const socket = join(workspaces[0]?.folder ?? '', 'agent.sock')
    const agent = await startAgent(socket, ...workspaces.map(({ keyFile }) => keyFile))
    try {
      const { keyFile, ...device } = inventoryDevice('r1', sshd.port, sshd.keyFile)
      const options = { ...optionsFor([device], sshd.knownHosts), agent: socket }
      const ssh = await openSsh({ ...device, ...(keyFile === undefined ? {} : { keyFile }) }, options)
      ssh.close()
      await assert.rejects(openSsh(device, options), { code: 'TOO_MANY_KEYS', category: 'connect' })
    } finally {
      await Promise.all([agent.stop(), sshd.stop()])
      for (const workspace of workspaces) workspace.remove()
    }
  })
})

describe('host certificates of OpenSSH', () => {
  const host = ['-h', '-n', '127.0.0.1']

  async function connect(options: SshdOptions, knownHosts: (sshd: Sshd) => string): Promise<void> {
    const sshd = await startSshd(options)
    try {
      const device = inventoryDevice('r1', sshd.port, sshd.keyFile)
      const ssh = await openSsh(device, optionsFor([device], knownHosts(sshd)))
      ssh.close()
    } finally {
      await sshd.stop()
    }
  }
  const authority = (sshd: Sshd): string => `@cert-authority 127.0.0.* ${sshd.authority}\n`

  for (const keyType of ['ed25519', 'ecdsa', 'rsa']) {
    it(`trusts a host that an authority of known_hosts has certified (${keyType})`, async (t) => {
      if (!skipped(t)) await connect({ keyType, certificate: host }, authority)
    })
  }

  it('trusts it through a jump host too', async (t) => {
    if (skipped(t)) return
    const jump = await startSshd()
    const sshd = await startSshd({ certificate: host })
    const device = { ...inventoryDevice('r1', sshd.port, sshd.keyFile), jumpHost: 'bastion' }
    const bastion = inventoryDevice('bastion', jump.port, jump.keyFile)
    // The jump host is known by its own line: it has no certificate.
    const known = `@cert-authority [127.0.0.1]:${sshd.port} ${sshd.authority}\n${jump.knownHosts}`
    const ssh = await openSsh(device, optionsFor([device, bastion], known))
    ssh.close()
    await Promise.all([jump.stop(), sshd.stop()])
  })

  const refused: readonly [string, SshdOptions, (sshd: Sshd) => string, RegExp][] = [
    ['for another name', { certificate: ['-h', '-n', 'r2.example'] }, authority, /it is for r2\.example/],
    ['that has expired', { certificate: [...host, '-V', '20200101:20210101'] }, authority, /expired/],
    ['that is not valid yet', { certificate: [...host, '-V', '20990101:20990201'] }, authority, /not valid yet/],
    [
      'of an authority that is revoked',
      { certificate: host },
      (sshd) => `${authority(sshd)}@revoked * ${sshd.authority}\n`,
      /revoked/,
    ],
    [
      'of another authority',
      { certificate: host },
      // source: ssh-keygen -t ed25519 of OpenSSH 9.2
      () => '@cert-authority * ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIL7o3EzyUir6SO87aPx5N6enW025sGzAiBsUY1OqiAUe\n',
      /another authority/,
    ],
  ]
  for (const [what, options, knownHosts, message] of refused) {
    it(`refuses a certificate ${what}`, async (t) => {
      if (!skipped(t)) await assert.rejects(connect(options, knownHosts), { code: 'HOST_CERTIFICATE', message })
    })
  }

  it('says that a host has no certificate when known_hosts has only an authority for it', async (t) => {
    if (!skipped(t)) await assert.rejects(connect({}, authority), { code: 'HOST_CERTIFICATE', message: /no host cert/ })
  })
})
