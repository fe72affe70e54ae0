import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import type { PlanElement } from '@segchain/records'
import { freePort } from './free-port.js'
import type { Interruption } from './interruption.js'
import { routersOf, startLab } from './lab.js'
import { CAPTURE, INTENTS, root } from './pipeline.js'
import { expectExit, runTool } from './run-tool.js'

/** A shell with a router that replays the recorded session, and with the devices of the demo. @returns its exit code. */
export async function runShell(interruption: Interruption): Promise<number> {
  const { signal } = interruption
  const tools = { root, signal }
  const topology = await runTool(tools, 'segchain.topology/1', 'bgpls-collector', ['decode', join(root, CAPTURE)])
  expectExit('bgpls-collector decode', topology, 0)
  const plan = await runTool(tools, 'segchain.plan/1', 'sr-compiler', ['compile', join(root, INTENTS)], topology.stream)
  expectExit('sr-compiler compile', plan, 0)
  const lab = await startLab(routersOf(plan.records as readonly PlanElement[]))
  const address = `127.0.0.1:${await freePort()}`
  const router = spawn(
    join(root, 'node_modules/.bin/bgpls-collector'),
    ['replay', join(root, CAPTURE), '--listen', address, '--log-level', 'error'],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  try {
    signal.throwIfAborted()
    interruption.leaveInterruptToOthers()
    return await shellAmong(signal, {
      ROUTER: address,
      DEVICES: lab.devices,
      KNOWN_HOSTS: lab.knownHosts,
      // The journal of these devices goes with them.
      XDG_STATE_HOME: lab.folder,
    })
  } finally {
    await Promise.all([ended(router), lab.stop()])
  }
}

async function shellAmong(signal: AbortSignal, variables: Readonly<Record<string, string>>): Promise<number> {
  const interactive = process.stdin.isTTY === true
  const shell = interactive ? (process.env.SHELL ?? 'sh') : 'sh'
  if (interactive) {
    const names = Object.entries(variables)
      .filter(([name]) => name !== 'XDG_STATE_HOME')
      .map(([name, value]) => `$${name} = ${value}`)
    process.stderr.write(`${names.join('\n')}\nthe tools are on the PATH; exit ends the devices\n`)
  }
  const path = `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`
  const child = spawn(shell, interactive ? [] : ['-s'], {
    stdio: 'inherit',
    cwd: root,
    env: { ...process.env, ...variables, PATH: path },
  })
  signal.addEventListener('abort', () => child.kill('SIGTERM'))
  const [code, killedBy] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  return code ?? 128 + constants.signals[killedBy ?? 'SIGTERM']
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'close')
}
