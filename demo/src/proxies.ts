import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProxyEntryElement } from '@segchain/records'
import type { Tools } from './run-tool.js'

/** The MAC address of whoever sends to a proxy, and of the next node behind it. */
export const NEIGHBOUR = '02:00:00:00:00:01'
export const NEXT_NODE = '02:00:00:00:00:02'

/** What hangs on a proxy, and is told by its MAC address. */
export interface Attached {
  readonly name: string
  /** It reads the label stack itself, and gets it. */
  readonly aware: boolean
}

export interface DemoProxy {
  readonly device: string
  readonly config: string
  readonly socket: string
  /** By MAC address. */
  readonly attached: ReadonlyMap<string, Attached>
}

export interface Proxies {
  readonly byDevice: ReadonlyMap<string, DemoProxy>
  /** Device intents that say how each is reached. */
  readonly devices: string
  stop(): Promise<void>
}

/** Starts `sr-proxy run` for each device that has VNFs in the plan: its tables, without a data plane and so without root. */
export async function startProxies(
  tools: Tools,
  folder: string,
  entries: readonly ProxyEntryElement[],
): Promise<Proxies> {
  const children: ChildProcess[] = []
  const stop = async (): Promise<void> => {
    await Promise.all(children.map(ended))
  }
  try {
    const names = [...new Set(entries.map(({ device }) => device))].sort()
    const proxies = names.map((device) =>
      configured(
        folder,
        device,
        entries.filter((entry) => entry.device === device),
      ),
    )
    await Promise.all(proxies.map((proxy) => started(tools, proxy, children)))
    const devices = join(folder, 'proxies.yaml')
    writeFileSync(devices, proxies.map(deviceIntent).join('---\n'))
    return { byDevice: new Map(proxies.map((proxy) => [proxy.device, proxy] as const)), devices, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function configured(folder: string, device: string, entries: readonly ProxyEntryElement[]): DemoProxy {
  const attached = new Map<string, Attached>()
  const attachments: Record<string, object> = {}
  const nextHops: Record<string, object> = { next: { interface: 'core', mac: NEXT_NODE } }
  for (const [index, name] of [...new Set(entries.map(({ attachment }) => attachment))].entries()) {
    const mac = `02:00:00:00:01:${(index + 1).toString(16).padStart(2, '0')}`
    const aware = entries.some(({ attachment, behavior }) => attachment === name && behavior === 'none')
    ;(aware ? nextHops : attachments)[name] = { interface: name, mac }
    attached.set(mac, { name, aware })
  }
  const file = (ending: string): string => join(folder, `${device}.${ending}`)
  const proxy = { device, config: file('yaml'), socket: file('sock'), attached }
  const config = {
    runtime: 'memory',
    network: ['core', ...[...attached.values()].filter(({ aware }) => aware).map(({ name }) => name)],
    default: 'next',
    state: file('json'),
    api: { socket: proxy.socket },
    tables: { attachments, nextHops },
  }
  // JSON is YAML.
  writeFileSync(proxy.config, JSON.stringify(config))
  return proxy
}

async function started(
  { root, signal }: Tools,
  { device, config }: DemoProxy,
  children: ChildProcess[],
): Promise<void> {
  const child = spawn(join(root, 'node_modules/.bin/sr-proxy'), ['run', '--config', config], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl-C is for the demo, which ends it.
    detached: true,
  })
  children.push(child)
  let log = ''
  await new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text
      if (log.includes('ready:')) resolve()
    })
    child.once('error', reject)
    child.once('close', () => reject(new Error(`sr-proxy for ${device} ended\n${log}`)))
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'close')
}

function deviceIntent({ device, socket }: DemoProxy): string {
  return [
    'apiVersion: segchain/v1',
    'kind: Device',
    `metadata: { name: ${device} }`,
    `spec: { proxy: { socket: ${JSON.stringify(socket)} } }`,
    '',
  ].join('\n')
}
