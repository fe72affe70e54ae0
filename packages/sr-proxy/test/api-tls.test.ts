import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import tls from 'node:tls'
import { ProxyClient } from '../src/api/client.js'
import { serveApi } from '../src/api/server.js'
import { authority } from './certificates.js'
import { setUp } from './memory-daemon.js'

async function secured(t: TestContext) {
  const lab = await setUp(t)
  const [ours, theirs] = [authority(lab.folder, 'ours'), authority(lab.folder, 'theirs')]
  if (ours === undefined || theirs === undefined) {
    if (process.env.SEGCHAIN_REQUIRE_PEERS === '1') throw new Error('openssl was required')
    t.skip('openssl not installed')
    return undefined
  }
  const { certFile, keyFile } = ours.issue('DNS:proxy.example,IP:127.0.0.1')
  const api = {
    ...lab.config.api,
    tls: { listen: '127.0.0.1:0', certFile, keyFile, caFile: ours.certFile, clients: ['push.example'] },
  }
  const servers = await serveApi(lab.daemon, { ...lab.config, api }, '1')
  t.after(() => servers.close())
  const port = Number(/https:\/\/127\.0\.0\.1:(\d+)/.exec(servers.listening.join(' '))?.[1])
  return { ...lab, ours, theirs, port }
}

test('the API over TCP: only a certificate of our CA, in date, with a name that is listed, comes in', async (t) => {
  const lab = await secured(t)
  if (lab === undefined) return
  const { ours, theirs, port, daemon } = lab
  const put = (who: { cert: Buffer; key: Buffer }, ca = ours.ca) =>
    new ProxyClient({ host: '127.0.0.1', port, ca, cert: who.cert, key: who.key }).putTables('plan', {
      labels: [{ label: 16100, action: 'drop' }],
    })
  const refused: [string, () => Promise<unknown>, RegExp][] = [
    ['another CA', () => put(theirs.issue('DNS:push.example')), /./],
    ['expired', () => put(ours.issue('DNS:push.example', -1)), /./],
    ['a name that is not listed', () => put(ours.issue('DNS:other.example')), /CLIENT_NOT_ALLOWED/],
    ['the name as another kind of name', () => put(ours.issue('URI:push.example')), /CLIENT_NOT_ALLOWED/],
    ['a name that ends like it', () => put(ours.issue('DNS:evil.push.example')), /CLIENT_NOT_ALLOWED/],
    ['a server that the client does not know', () => put(ours.issue('DNS:push.example'), theirs.ca), /./],
  ]
  for (const [what, attempt, code] of refused) {
    await assert.rejects(attempt(), (error: { category?: string; code?: string }) => {
      assert.equal(error.category, 'connect', what)
      assert.match(error.code ?? '', code, what)
      return true
    })
  }
  assert.equal(daemon.owners().has('plan'), false, 'none of them has changed anything')
  await put(ours.issue('DNS:push.example'))
  assert.equal(daemon.owners().get('plan')?.labels?.length, 1)
})

test('the API over TCP: without a certificate, with TLS 1.2 or without TLS nobody gets an answer', async (t) => {
  const lab = await secured(t)
  if (lab === undefined) return
  const { ours, port } = lab
  const request = 'GET /v1/info HTTP/1.1\r\nhost: proxy\r\n\r\n'
  const told = (socket: NodeJS.ReadWriteStream): Promise<string> =>
    new Promise((resolve) => {
      let text = ''
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1')
      })
      socket.on('error', () => undefined)
      socket.on('close', () => resolve(text))
      socket.write(request)
    })
  const { cert, key } = ours.issue('DNS:push.example')
  const common = { host: '127.0.0.1', port, ca: ours.ca }
  assert.equal(await told(tls.connect(common)), '', 'no certificate')
  assert.equal(await told(tls.connect({ ...common, cert, key, maxVersion: 'TLSv1.2' })), '', 'TLS 1.2')
  assert.doesNotMatch(await told(connect(port, '127.0.0.1')), /generation/, 'no TLS')
  // The way of asking is right: with a certificate there is an answer.
  const well = tls.connect({ ...common, cert, key })
  well.on('data', () => well.end())
  assert.match(await told(well), /"generation":\d/)
})
