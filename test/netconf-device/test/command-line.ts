import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { PlanElement } from '@segchain/records'

const bin = fileURLToPath(new URL('../../../../packages/netconf-push/bin/netconf-push.js', import.meta.url))

export interface Run {
  readonly code: number | null
  readonly records: readonly Record<string, unknown>[]
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Run>
}

/** Starts the tool as an operator would; without input, its stdin stays open. */
export function start(args: readonly string[], input?: string): Running {
  const child = spawn(process.execPath, [bin, ...args], { env: { ...process.env, SSH_AUTH_SOCK: '' } })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  child.stdin.on('error', () => undefined)
  if (input !== undefined) child.stdin.end(input)
  const ended = new Promise<Run>((resolve) => {
    child.on('close', (code) => {
      const records = stdout.split('\n').filter((line) => line !== '')
      resolve({ code, stderr, records: records.map((line) => JSON.parse(line) as Record<string, unknown>) })
    })
  })
  return { child, ended }
}

export function run(args: readonly string[], input: string): Promise<Run> {
  return start(args, input).ended
}

/** A plan stream of these elements. */
export function planOf(elements: readonly PlanElement[]): string {
  const header = { kind: 'header', schema: 'segchain.plan/1', tool: 'test', version: '1' }
  const summary = { kind: 'summary', id: 'summary', outcome: 'ok', exitCode: 0, counts: {} }
  return [header, ...elements, summary].map((record) => `${JSON.stringify(record)}\n`).join('')
}
