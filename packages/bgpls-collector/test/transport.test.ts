import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { endpointText, parseEndpoint } from '../src/session/endpoint.js'
import { ttlRules } from '../src/transport/ttl-rules.js'
import { fixture } from './support/fixtures.js'
import { eventually, folder, freePort, needs, run } from './support/peers.js'

const bin = fileURLToPath(new URL('../../bin/bgpls-collector.js', import.meta.url))
const CAPTURE = fixture('frr-captures/bgpls-frr10.7.1-isis-sr-l1.pcap')

test('a session over IPv6, active and passive, brings the whole topology', (t) => {
  const port = 20_000 + (process.pid % 20_000)
  run(t, process.execPath, [bin, 'replay', CAPTURE, '--peer', `[::1]:${port}`, '--connect-retry', '0.2'])
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [bin, 'collect', '--once', '--listen', `[::1]:${port}`, '--timeout', '60'],
    { encoding: 'utf8' },
  )
  assert.equal(status, 0, stderr)
  assert.equal(stdout.match(/"kind":"node"/g)?.length, 6)
  assert.match(stdout, /"peer":"10\.255\.0\.1@::1"/)
})

test('an endpoint may be a file descriptor, but only to listen on', () => {
  const listen = parseEndpoint('fd:3', 179, '--listen')
  assert.equal(listen.fd, 3)
  assert.equal(endpointText(listen), 'fd:3')
  assert.equal(parseEndpoint('fd:3', 179, '--peer').fd, undefined)
})

test('a file descriptor that is no listening socket is a clear error', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [bin, 'collect', '--once', '--listen', 'fd:77', '--allow', '::1'],
    {
      encoding: 'utf8',
    },
  )
  assert.equal(status, 5)
  assert.match(stderr, /cannot listen on file descriptor 77/)
})

test('--tcp-md5 says what is possible instead', () => {
  const { status, stderr } = spawnSync(process.execPath, [bin, 'collect', '--tcp-md5', 'key'], { encoding: 'utf8' })
  assert.equal(status, 2)
  assert.match(stderr, /fd:3/)
})

// source: docs/decisions/0102; struct tcp_md5sig of linux/tcp.h
const MD5 = `
import os, socket, struct, sys
role, port, key = sys.argv[1], int(sys.argv[2]), sys.argv[3].encode()
peer = struct.pack('HH4s', socket.AF_INET, 0, socket.inet_aton('127.0.0.1')).ljust(128, b'\\0')
option = peer + struct.pack('BBHI', 0, 0, len(key), 0) + key.ljust(80, b'\\0')
if role == 'listen':
    one = socket.create_server(('127.0.0.1', port))
    one.setsockopt(socket.IPPROTO_TCP, 14, option)
    os.dup2(one.fileno(), 3)
    os.set_inheritable(3, True)
    os.execvp(sys.argv[4], sys.argv[4:])
one = socket.socket()
one.settimeout(3)
one.setsockopt(socket.IPPROTO_TCP, 14, option)
try:
    one.connect(('127.0.0.1', port))
    print('OPEN' if one.recv(19)[18:] == b'\\1' else 'other')
except OSError:
    print('no connection')
`

test('a listening socket with a TCP-MD5 key that was handed over takes peers with the key, and no others', async (t) => {
  // Debian's own: a version manager's shim starts others in between.
  const python = '/usr/bin/python3'
  if (!needs(t, python)) return
  const dir = folder(t, { 'md5.py': MD5 })
  const port = await freePort()
  const collect = [process.execPath, bin, 'collect', '--follow', '--listen', 'fd:3', '--allow', '127.0.0.1']
  const child = spawn(python, [`${dir}/md5.py`, 'listen', String(port), 'secret', ...collect], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  t.after(() => child.kill('SIGKILL'))
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  await eventually(60, () => (/listening|Error/.test(said) ? true : undefined))
  if (/Protocol not available|Operation not supported/.test(said)) return t.skip('the kernel has no TCP-MD5')
  const peer = (key: string) =>
    spawnSync(python, [`${dir}/md5.py`, 'connect', String(port), key], { encoding: 'utf8' }).stdout.trim()
  assert.equal(peer('secret'), 'OPEN')
  assert.equal(peer('wrong'), 'no connection')
})

test('the rules of TTL security send with 255 and drop what is from farther away', () => {
  const rules = ttlRules({
    table: 'one',
    peers: [
      { host: '10.0.0.1', port: 179 },
      { host: '2001:db8::1', port: 1790 },
    ],
    ports: [1179],
    hops: 2,
  })
  assert.match(rules, /ip daddr 10\.0\.0\.1 tcp dport 179 ip ttl set 255/)
  assert.match(rules, /ip saddr 10\.0\.0\.1 tcp sport 179 ip ttl < 254 drop/)
  assert.match(rules, /ip6 saddr 2001:db8::1 tcp sport 1790 ip6 hoplimit < 254 drop/)
  assert.match(rules, /tcp dport 1179 ip ttl < 254 drop/)
})

test('--ttl-security: a peer that sends with TTL 64 gets no session, one that sends with 255 does', (t) => {
  if (!needs(t, 'nft')) return
  // A network of its own: nothing of this machine's rules is touched.
  const inNetwork = (script: string) =>
    spawnSync('unshare', ['-rn', 'sh', '-c', script], { encoding: 'utf8', timeout: 120_000 })
  if (inNetwork('ip link set lo up && nft list tables').status !== 0) return t.skip('no rights to make a network')
  const node = process.execPath
  const attempt = (ttl: number) =>
    inNetwork(`ip link set lo up
      echo ${ttl} > /proc/sys/net/ipv4/ip_default_ttl
      ${node} ${bin} replay ${CAPTURE} --listen 127.0.0.1:1790 >/dev/null 2>&1 & replay=$!
      ${node} ${bin} collect --once --peer 127.0.0.1:1790 --ttl-security 1 --connect-retry 0.3 --timeout 8
      status=$?
      kill $replay
      nft list tables
      exit $status`)
  const near = attempt(255)
  assert.equal(near.status, 0, near.stderr)
  assert.equal(near.stdout.match(/"kind":"node"/g)?.length, 6)
  assert.ok(!near.stdout.includes('segchain_bgpls'), 'the table is gone')
  assert.equal(attempt(64).status, 5)
})
