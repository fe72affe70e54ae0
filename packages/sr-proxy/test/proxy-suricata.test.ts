import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { collect } from './collect.js'
import { download, serveFile } from './lab/transfer.js'
import { OUT, steer, twoSidedLab, WAYS_OUT } from './lab/two-sided-lab.js'
import { needsRoot } from './root.js'

/** A folder with a Debian that has Suricata (scripts/suricata.sh makes it): Debian 12 itself has none. */
const ROOT = process.env.SEGCHAIN_SURICATA_ROOT ?? '/opt/segchain/suricata'
const LABEL = { ips: 16101, ipsBack: 16111 } as const

test('Suricata inline, as it comes from Debian, lets a download through byte-identical and drops what its rule says', async (t) => {
  if (!needsRoot(t)) return
  const here = spawnSync('suricata', ['-V']).status === 0
  if (!here && !existsSync(join(ROOT, 'usr/bin/suricata'))) {
    if (process.env.SEGCHAIN_REQUIRE_SURICATA === '1') throw new Error(`no suricata, and none in ${ROOT}`)
    t.skip('suricata not installed: npm run peers -- --suricata')
    return
  }
  const lab = await twoSidedLab()
  t.after(() => lab.close())
  lab.space('ips')
  for (const [near, far, side] of [
    ['ipsi', 'in0', 1],
    ['ipso', 'out0', 3],
  ] as const) {
    lab.link(
      { space: 'proxy', interface: near, mac: `02:0f:00:00:00:0${side}` },
      { space: 'ips', interface: far, mac: `02:0f:00:00:00:0${side + 1}` },
    )
  }
  // It copies frames from one interface to the other; the kernel must not route them too, nor join segments.
  lab.exec('ips', 'sysctl -qw net.ipv4.ip_forward=0')
  await lab.prepareRaw('ips', 'in0', 'out0')
  const log = join(lab.folder, 'suricata')
  mkdirSync(log)
  writeFileSync(join(log, 'rules'), 'drop tcp any any -> any 80 (msg:"no port 80"; sid:1;)\n')
  const bridge = (one: string, other: string): string =>
    `  - interface: ${one}\n    copy-mode: ips\n    copy-iface: ${other}\n    cluster-id: ${one === 'in0' ? 98 : 99}\n    cluster-type: cluster_flow\n    defrag: no\n    use-mmap: yes\n    threads: 1\n`
  writeFileSync(
    join(log, 'suricata.yaml'),
    `%YAML 1.1\n---\ndefault-log-dir: ${log}\ndefault-rule-path: ${log}\nrule-files: [rules]\naf-packet:\n${bridge('in0', 'out0')}${bridge('out0', 'in0')}outputs: []\nstream:\n  inline: yes\n`,
  )
  const command = [
    'suricata',
    '-c',
    join(log, 'suricata.yaml'),
    '--af-packet',
    '-l',
    log,
    '--pidfile',
    join(log, 'pid'),
    '-k',
    'none',
  ]
  if (!here) {
    mkdirSync(join(ROOT, lab.folder), { recursive: true })
    const bound = spawnSync('mount', ['--bind', lab.folder, join(ROOT, lab.folder)])
    assert.equal(bound.status, 0, String(bound.stderr))
    t.after(() => {
      spawnSync('umount', [join(ROOT, lab.folder)])
    })
  }
  const suricata = lab.spawn('ips', here ? command : ['chroot', ROOT, ...command])
  let told = ''
  const hear = (chunk: Buffer): void => {
    told += chunk.toString()
  }
  suricata.stdout?.on('data', hear)
  suricata.stderr?.on('data', hear)
  const daemon = await lab.daemon('proxy', {
    network: ['left', 'right'],
    tables: {
      nextHops: WAYS_OUT.nextHops,
      attachments: {
        ips: { interface: 'ipsi', return: 'ipso', mac: '02:0f:00:00:00:02' },
        ipsBack: { interface: 'ipso', return: 'ipsi', mac: '02:0f:00:00:00:04' },
      },
      labels: [
        ...WAYS_OUT.labels,
        { label: LABEL.ips, action: 'dynamic', vnf: 'ips' },
        { label: LABEL.ipsBack, action: 'dynamic', vnf: 'ipsBack' },
      ],
    },
  })
  await steer(lab, { forward: [LABEL.ips, OUT.toServer], backward: [LABEL.ipsBack, OUT.toClient] })
  for (let waited = 0; !/engine started/i.test(told); waited++) {
    assert.ok(suricata.exitCode === null && waited < 6000, told)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const hash = await serveFile(lab, 4 * 1024 * 1024, [80, 443])
  assert.equal(
    await download(lab, 443, 60_000),
    hash,
    `${told}\n${JSON.stringify(await collect(daemon.client.lines('stats')))}`,
  )
  assert.equal(await download(lab, 80, 3000), 'silence', told)
})
