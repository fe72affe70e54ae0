import type { ToolIo } from '@segchain/cli-kit'
import { SegchainError } from '@segchain/records'
import { ProxyClient } from './api/client.js'
import type Unload from './commands/unload.js'
import { loadConfig } from './config/load.js'
import { defaults } from './config/schema.js'
import { Pins } from './plane/pins.js'

export async function unload(io: ToolIo<typeof Unload>): Promise<void> {
  const config = await loadConfig(io.flags.config)
  const socket = config.api?.socket ?? defaults.socket
  const running = await new ProxyClient({ socket }, 2000).info().then(
    () => true,
    () => false,
  )
  if (running) {
    throw new SegchainError({
      category: 'stale',
      code: 'ALREADY_RUNNING',
      message: `the daemon behind ${socket} is running`,
      hint: 'systemctl stop sr-proxy first',
    })
  }
  const removed = Pins.removeAll(config.pins ?? defaults.pins)
  const out = await io.open({ source: io.flags.config })
  await out.end({ outcome: 'ok', counts: { unloaded: removed ? 1 : 0 } })
}
