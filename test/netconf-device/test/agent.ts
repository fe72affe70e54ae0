import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** OpenSSH's agent, with these keys. */
export async function startAgent(socket: string, ...keyFiles: readonly string[]): Promise<{ stop(): Promise<void> }> {
  const child = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' })
  for (let tries = 0; tries < 300 && !existsSync(socket); tries++) await sleep(20)
  execFileSync('ssh-add', ['-q', ...keyFiles], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: 'ignore' })
  return {
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}
