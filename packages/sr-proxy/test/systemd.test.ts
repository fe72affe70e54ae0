import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { watchdogMs } from '../src/daemon/notify.js'

const BIN = fileURLToPath(new URL('../../bin/sr-proxy.js', import.meta.url))
const UNIT = fileURLToPath(new URL('../../systemd/sr-proxy.service', import.meta.url))

/** What systemd does with NOTIFY_SOCKET: prints each state that comes; passed descriptors (the barrier) are closed. */
const LISTENER = `
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
print('listening', flush=True)
while True:
    print(s.recv(4096).decode().replace('\\n', ' '), flush=True)
`

function isInstalled(command: string, argument: string): boolean {
  return spawnSync(command, [argument], { stdio: 'ignore' }).status === 0
}

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'sr-proxy-systemd-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Lines of a child's output: each as it comes. */
function linesOf(child: ChildProcess): (text: string, times?: number) => Promise<void> {
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  return async (text, times = 1) => {
    while (said.split(text).length - 1 < times) {
      assert.equal(child.exitCode, null, said)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

test('systemd hears when the daemon is ready, again and again that it answers, and that it stops', async (t) => {
  if (!isInstalled('systemd-notify', '--version')) return t.skip('systemd-notify is not installed')
  if (!isInstalled('python3', '--version')) return t.skip('python3 is not installed')
  const folder = folderOf(t)
  const socket = join(folder, 'notify')
  const listener = spawn('python3', ['-c', LISTENER, socket], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => listener.kill('SIGKILL'))
  const heard = linesOf(listener)
  await heard('listening')
  const config = { runtime: 'memory', api: { socket: join(folder, 'api') }, state: join(folder, 'state.json') }
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config))
  const daemon = spawn(process.execPath, [BIN, 'run', '--config', join(folder, 'config.json')], {
    stdio: 'ignore',
    env: { ...process.env, NOTIFY_SOCKET: socket, WATCHDOG_USEC: '2000000' },
  })
  t.after(() => daemon.kill('SIGKILL'))
  await heard('READY=1')
  await heard('WATCHDOG=1', 3)
  const ended = new Promise((resolve) => daemon.once('exit', resolve))
  daemon.kill('SIGTERM')
  await heard('STOPPING=1')
  const status = await ended
  assert.match(readFileSync(UNIT, 'utf8'), new RegExp(`^SuccessExitStatus=${status}$`, 'm'))
})

test('the watchdog is asked for by systemd, and for this process', () => {
  assert.equal(watchdogMs({}, 7), undefined)
  assert.equal(watchdogMs({ WATCHDOG_USEC: '30000000' }, 7), 15_000)
  assert.equal(watchdogMs({ WATCHDOG_USEC: '30000000', WATCHDOG_PID: '7' }, 7), 15_000)
  assert.equal(watchdogMs({ WATCHDOG_USEC: '30000000', WATCHDOG_PID: '8' }, 7), undefined)
  assert.equal(watchdogMs({ WATCHDOG_USEC: 'soon' }, 7), undefined)
})

test('the unit is one that systemd takes, without root and with no more than three capabilities', (t) => {
  const unit = readFileSync(UNIT, 'utf8')
  assert.match(unit, /^CapabilityBoundingSet=CAP_BPF CAP_NET_ADMIN CAP_PERFMON$/m)
  assert.match(unit, /^User=(?!root)/m)
  if (!isInstalled('systemd-analyze', '--version')) return t.skip('systemd-analyze is not installed')
  const folder = folderOf(t)
  const file = join(folder, 'sr-proxy.service')
  writeFileSync(file, unit.replace('/usr/bin/sr-proxy', '/bin/true'))
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' })
  assert.deepEqual([status, stderr.split('\n').filter((line) => line.includes('sr-proxy.service'))], [0, []])
})
