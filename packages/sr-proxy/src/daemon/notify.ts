import { spawn } from 'node:child_process'

/**
 * Tells systemd how it goes (sd_notify). Node has no datagram Unix sockets, so systemd-notify does it; it is there
 * where systemd is. Nothing happens without systemd.
 */
export function notifySystemd(state: string): Promise<void> {
  if ((process.env.NOTIFY_SOCKET ?? '') === '') return Promise.resolve()
  return new Promise((resolve) => {
    const child = spawn('systemd-notify', [`--pid=${process.pid}`, ...state.split('\n')], { stdio: 'ignore' })
    child.once('error', () => resolve())
    child.once('exit', () => resolve())
  })
}

/** Milliseconds after which systemd is to hear of us again (half of WatchdogSec); undefined: it does not ask for it. */
export function watchdogMs(
  environment: NodeJS.ProcessEnv = process.env,
  pid: number = process.pid,
): number | undefined {
  const { WATCHDOG_USEC, WATCHDOG_PID = String(pid) } = environment
  const microseconds = Number(WATCHDOG_USEC)
  return microseconds > 0 && Number(WATCHDOG_PID) === pid ? microseconds / 2000 : undefined
}
