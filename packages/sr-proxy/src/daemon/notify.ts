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
