import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { interesting, secondFirewall } from './lab/second-firewall.js'
import { download, serveFile } from './lab/transfer.js'
import { attachRouter, OUT, SIDE, steer, twoSidedLab, WAYS_OUT } from './lab/two-sided-lab.js'
import { needsRoot } from './root.js'

const ACCEPT = 'table inet f {\n chain forward {\n type filter hook forward priority 0\n counter accept\n }\n}'
const LABEL = { second: 16102, program: 16120 } as const
const MEGABYTES = Number(process.env.SEGCHAIN_DOWNLOAD_MB ?? 8)

test('a download through nftables with NAT is byte-identical; a second firewall that drops port 80 is chained in', async (t) => {
  if (!needsRoot(t)) return
  const { counters, ...figures } = await secondFirewall(MEGABYTES * 1024 * 1024)
  t.diagnostic(JSON.stringify(figures))
  assert.deepEqual(
    [figures.port80Before, figures.port443Before, figures.port80After, figures.port443After],
    ['byte-identical', 'byte-identical', 'silence', 'byte-identical'],
    counters,
  )
  assert.ok(figures.connectionsThroughNat > 0 && figures.packetsDropped > 0, counters)
})

test('an ordinary program with a socket is a VNF through the stack of the host, and its answers go on in the chain', async (t) => {
  if (!needsRoot(t)) return
  const lab = await twoSidedLab()
  t.after(() => lab.close())
  // What the host sends to the client goes into `hostup`; the proxy meets it at `back`.
  lab.link(
    { space: 'proxy', interface: 'back', mac: '02:0e:00:00:00:01' },
    { space: 'proxy', interface: 'hostup', mac: '02:0e:00:00:00:02', address: '192.0.2.9/30' },
  )
  lab.exec(
    'proxy',
    `ip addr add 10.3.0.1/32 dev lo; ip neigh add 192.0.2.10 lladdr 02:0e:00:00:00:01 dev hostup nud permanent`,
  )
  lab.exec('proxy', `ip route add ${SIDE.client.network} via 192.0.2.10 dev hostup src 10.3.0.1`)
  await lab.prepare('proxy', 'hostup')
  const daemon = await lab.daemon('proxy', {
    network: ['left', 'right'],
    tables: {
      nextHops: WAYS_OUT.nextHops,
      attachments: { program: { host: true, return: 'back' } },
      labels: [
        ...WAYS_OUT.labels,
        { label: LABEL.program, action: 'dynamic', vnf: 'program', reverse: [OUT.toClient] },
      ],
    },
  })
  await steer(lab, { forward: [LABEL.program], backward: [OUT.toClient] })
  const echo = lab.spawn('proxy', [
    process.execPath,
    '-e',
    `const udp = require('node:dgram').createSocket('udp4', (message, from) => udp.send('echo ' + message, from.port, from.address))
     udp.bind(7, '10.3.0.1', () => console.log('ready'))`,
  ])
  await once(echo.stdout ?? echo, 'data')
  const answer = lab.exec(
    'client',
    `${process.execPath} -e "
      const udp = require('node:dgram').createSocket('udp4', (message) => { console.log(String(message)); process.exit(0) })
      const ask = () => udp.send('hello', 7, '10.3.0.1')
      ask(); setInterval(ask, 500); setTimeout(() => process.exit(1), 20000)"`,
  )
  assert.equal(answer.trim(), 'echo hello', JSON.stringify(await interesting(daemon.client)))
  const counters = await interesting(daemon.client)
  assert.ok(
    counters.some(({ id }) => id === 'total:answered'),
    JSON.stringify(counters),
  )
})

test('DELAY holds the first packets in the kernel’s stead, asks, and lets them go when the answer is there', async (t) => {
  if (!needsRoot(t)) return
  const lab = await twoSidedLab()
  t.after(() => lab.close())
  const router = await attachRouter(lab, 'fw3', ACCEPT)
  const service = { label: LABEL.second, action: 'service', service: 'net/fw' }
  const daemon = await lab.daemon('proxy', {
    network: ['left', 'right'],
    holdS: 60,
    tables: {
      nextHops: WAYS_OUT.nextHops,
      attachments: { fw3: router.forward },
      labels: [...WAYS_OUT.labels, service],
    },
  })
  await steer(lab, { forward: [LABEL.second, OUT.toServer], backward: [OUT.toClient] })
  await daemon.client.putTables('controller', { services: [{ service: 'net', action: 'delay' }] })
  const asked = (async () => {
    for await (const event of daemon.client.lines('watch')) {
      if (typeof event === 'object' && event !== null && 'event' in event && event.event === 'held') return event
    }
    return undefined
  })()
  const hash = await serveFile(lab, 100_000, [443])
  const got = download(lab, 443)
  const event = await asked
  assert.equal(event !== undefined && 'service' in event ? event.service : undefined, 'net/fw')
  await daemon.client.putTables('controller', {
    services: [{ service: 'net', action: 'forward', instances: [{ name: 'one', vnf: 'fw3' }] }],
  })
  assert.equal(await got, hash, JSON.stringify(await interesting(daemon.client)))
})
