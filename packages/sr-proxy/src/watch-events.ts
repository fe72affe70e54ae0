import type { ToolIo } from '@segchain/cli-kit'
import { SegchainError, validateRecord } from '@segchain/records'
import { ProxyClient } from './api/client.js'
import type Watch from './commands/watch.js'

/** Events until a signal comes. @throws {SegchainError} `connect`, `DAEMON_GONE`: the daemon has ended */
export async function watchEvents(io: ToolIo<typeof Watch>): Promise<void> {
  const client = new ProxyClient({ socket: io.flags.socket })
  await client.info()
  const out = await io.open({ source: io.flags.socket })
  await out.write({ kind: 'sync', id: 'sync', reason: 'quiet' })
  for await (const line of client.lines('watch', io.signal)) {
    await out.write(validateRecord('segchain.proxy/1', line))
  }
  await out.close()
  io.signal.throwIfAborted()
  throw new SegchainError({
    category: 'connect',
    code: 'DAEMON_GONE',
    message: `the daemon behind ${io.flags.socket} has ended`,
    hint: 'the data plane goes on; watch again when it is back',
  })
}
