import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ProxyClient } from '@segchain/sr-proxy'

const PROXY = fileURLToPath(new URL('../../../sr-proxy/bin/sr-proxy.js', import.meta.url))

export interface RunningProxy {
  readonly client: ProxyClient
  readonly child: ChildProcess
  readonly log: () => string
}

/** A daemon without a data plane (`runtime: memory`), with its socket at `folder/name.sock`. @param api more of `api` */
export async function startProxy(folder: string, name: string, api: object, tables: object): Promise<RunningProxy> {
  const socket = join(folder, `${name}.sock`)
  const file = join(folder, `${name}.yaml`)
  const config = { runtime: 'memory', state: join(folder, `${name}.json`), api: { socket, ...api }, tables }
  writeFileSync(file, JSON.stringify(config))
  const child = spawn(process.execPath, [PROXY, 'run', '--config', file], { stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString()
  })
  for (let waited = 0; !log.includes('ready:'); waited++) {
    assert.ok(child.exitCode === null && waited < 6000, log)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { client: new ProxyClient({ socket }), child, log: () => log }
}
