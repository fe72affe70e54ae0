import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ToolIo } from '@segchain/cli-kit'
import { type SegchainError, toSegchainError } from '@segchain/records'
import { serveApi } from './api/server.js'
import { parseObject } from './bpf/object.js'
import type Run from './commands/run.js'
import { loadConfig } from './config/load.js'
import { type Config, defaults } from './config/schema.js'
import { CONFIG_OWNER, Daemon } from './daemon/daemon.js'
import { notifySystemd, watchdogMs } from './daemon/notify.js'
import { hostInterfaces } from './plane/interfaces.js'
import { linesFor } from './plane/lines.js'
import { MemoryPlane } from './plane/memory-plane.js'
import type { Plane } from './plane/plane.js'
import { XdpPlane } from './plane/xdp-plane.js'
import { inventedHost } from './replay/host.js'
import type { Host } from './tables/image.js'
import { mergeTables } from './tables/merge.js'

const OBJECT = fileURLToPath(new URL('../../bpf/objects/sr-proxy.o', import.meta.url))
const TICK_MS = 500

/** `sr-proxy run`: until a signal comes. The data plane goes on after it. */
export async function runDaemon(io: ToolIo<typeof Run>, version: string): Promise<void> {
  const { config: file } = io.flags
  const config = await loadConfig(file)
  const warn = (message: string | SegchainError): void => io.log.warn(message)
  const plane = await openPlane(config, warn)
  const host = config.runtime === 'memory' ? inventedFor(config) : hostInterfaces
  const daemon = await Daemon.start({ plane, config, host, nowMs: Date.now, warn }).catch(async (error) => {
    await plane.close()
    throw error
  })
  const servers = await serveApi(daemon, config, version).catch(async (error) => {
    await daemon.stop()
    throw error
  })
  const reload = (): void => {
    void loadConfig(file)
      .then((fresh) => daemon.reload(fresh))
      .then((changes) => io.log.info(`configuration read again: ${changes.length} changes`))
      .catch((error) => io.log.error(toSegchainError(error)))
  }
  process.off('SIGHUP', reload)
  for (const listener of process.listeners('SIGHUP')) process.off('SIGHUP', listener)
  process.on('SIGHUP', reload)
  io.log.info(`ready: ${servers.listening.join(', ')}`, { generation: daemon.image.generation, runtime: plane.runtime })
  await notifySystemd('READY=1')
  await untilStopped(daemon, io.signal, warn)
  await notifySystemd('STOPPING=1')
  process.off('SIGHUP', reload)
  await servers.close()
  await daemon.stop()
}

/** Without a data plane the interfaces of the configuration need not exist. */
function inventedFor({ network = [], tables = {} }: Config): () => Host {
  const host = inventedHost(network, mergeTables(new Map([[CONFIG_OWNER, tables]])))
  return () => host
}

async function untilStopped(daemon: Daemon, signal: AbortSignal, warn: (error: SegchainError) => void): Promise<void> {
  const everyMs = watchdogMs()
  for (let toldMs = 0; !signal.aborted; ) {
    try {
      await daemon.tick()
      if (everyMs !== undefined && performance.now() - toldMs >= everyMs - TICK_MS) {
        await daemon.answers()
        await notifySystemd('WATCHDOG=1')
        toldMs = performance.now()
      }
    } catch (error) {
      warn(toSegchainError(error))
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, TICK_MS)
      function done(): void {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      signal.addEventListener('abort', done)
    })
  }
}

async function openPlane(config: Config, warn: (message: string) => void): Promise<Plane> {
  if (config.runtime === 'memory') return new MemoryPlane()
  return XdpPlane.open({
    object: parseObject(readFileSync(OBJECT)),
    pins: config.pins ?? defaults.pins,
    mode: config.xdpMode ?? 'auto',
    maxEntries: sizesOf(config),
    warn,
  })
}

function sizesOf({ sizes }: Config): Map<string, number> {
  const sessions = sizes?.sessions
  if (sessions === undefined) return new Map()
  return new Map([
    ['sessions4', sessions],
    ['sessions6', sessions],
    ['session_lines4', linesFor(sessions)],
  ])
}
