import type { ToolIo } from '@segchain/cli-kit'
import { SegchainError, validateRecord } from '@segchain/records'
import { ProxyClient } from './api/client.js'
import type Watch from './commands/watch.js'

/** Events until a signal comes. @throws {SegchainError} `connect`, `DAEMON_GONE`: the daemon has ended */
export async function watchEvents(io: ToolIo<typeof Watch>): Promise<void> {
  const client = new ProxyClient({ socket: io.flags.socket })
  const events = await client.open('watch', io.signal)
  const out = await io.open({ source: io.flags.socket })
  await out.write({ kind: 'sync', id: 'sync', reason: 'quiet' })
  const cause = await (async () => {
    for await (const line of events) await out.write(validateRecord('segchain.proxy/1', line))
  })().catch((error: unknown) => {
    if (!(error instanceof SegchainError) || error.category !== 'connect') throw error
    return error
  })
  await out.close()
  io.signal.throwIfAborted()
  throw new SegchainError({
    ...(cause === undefined ? {} : { cause }),
    category: 'connect',
    code: 'DAEMON_GONE',
    message: `the daemon behind ${io.flags.socket} has ended`,
    hint: 'the data plane goes on; watch again when it is back',
  })
}
