import type { ToolIo } from '@segchain/cli-kit'
import { validateRecord } from '@segchain/records'
import { ProxyClient } from './api/client.js'
import type Labels from './commands/show/labels.js'

/** Copies a list of the daemon to stdout, each record checked. */
export async function showList(io: ToolIo<typeof Labels>, path: string): Promise<void> {
  const client = new ProxyClient({ socket: io.flags.socket })
  const lines = client.lines(path, io.signal)
  // The daemon must answer before there is a header: an error is no stream.
  const first = await lines.next()
  const out = await io.open({ source: io.flags.socket })
  for (let line = first; line.done !== true; line = await lines.next()) {
    await out.write(validateRecord('segchain.proxy/1', line.value))
  }
  await out.end({ outcome: 'ok' })
}
