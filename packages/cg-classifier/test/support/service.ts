import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import type test from 'node:test'

export const bin = join(import.meta.dirname, '../../../bin/cg-classifier.js')

export interface Service {
  readonly child: ChildProcess
  readonly port: number
  readonly out: () => string
  readonly err: () => string
}

/** Starts a service on a free port; resolves with the port it says. */
export async function start(t: test.TestContext, args: string[]): Promise<Service> {
  const child = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  t.after(() => child.kill('SIGKILL'))
  let [out, err] = ['', '']
  child.stdout.on('data', (data) => (out += data))
  const port = await new Promise<number>((resolve, reject) => {
    child.on('exit', () => reject(new Error(err)))
    child.stderr.on('data', (data) => {
      err += data
      const match = /listening on \S*:(\d+)/.exec(err)
      if (match) resolve(Number(match[1]))
    })
  })
  return { child, port, out: () => out, err: () => err }
}

/** Ends it in good order: it writes its counts. */
export async function stop(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.on('close', resolve))
  child.kill('SIGTERM')
  await gone
}
