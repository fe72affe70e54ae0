import { Flags, inputArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'
import { SegchainError } from '@segchain/records/error'
import { sessionFlags } from '../session-flags.js'

/** Topology records to a BGP-LS session. */
export default class Announce extends ToolCommand<typeof Announce> {
  static override summary = 'be a BGP-LS speaker: announce topology records to peers'
  static override description =
    'Peers get everything up to the sync record (or the end of the input), then End-of-RIB; records and withdrawals that follow are sent as they come.'
  static override examples = [
    '<%= config.bin %> announce --peer 10.0.0.9 < topology.ndjson',
    '<%= config.bin %> collect --follow | <%= config.bin %> announce --listen 127.0.0.1:1790 --local-as 65001',
  ]
  static override args = { file: inputArgument({ description: 'the topology stream' }) }
  static override flags = {
    ...sessionFlags,
    // Not the default of collect: two ends of one session need two identifiers.
    'router-id': Flags.string({ summary: 'our BGP Identifier', default: '192.0.2.180', helpValue: 'A.B.C.D' }),
    peer: Flags.string({ summary: 'connect to HOST[:PORT] (port 179)', multiple: true, helpValue: 'HOST[:PORT]' }),
    listen: Flags.string({ summary: 'wait for peers here', helpValue: 'HOST[:PORT]' }),
    once: Flags.boolean({ summary: 'end when the first peer that got everything closes its session' }),
  }
  static override schema = 'segchain.topology/1' as const

  protected async execute(io: ToolIo<typeof Announce>): Promise<void> {
    const { flags } = io
    if (flags.peer === undefined && flags.listen === undefined) {
      throw new SegchainError({
        category: 'usage',
        code: 'NO_PEER',
        message: 'nobody to announce to',
        hint: 'give --peer HOST[:PORT], or --listen 127.0.0.1:1790',
      })
    }
    const { Announcer } = await import('../announce/announcer.js')
    const { parseEndpoint } = await import('../session/endpoint.js')
    const { sessionConfig } = await import('../session-config.js')
    const { runSpeaker } = await import('../announce/run-speaker.js')
    const session = sessionConfig(flags)
    const announcer = new Announcer(session.localAsn)
    const records = io.read(io.args.file, 'segchain.topology/1')
    for (;;) {
      const next = await records.next()
      if (next.done === true || next.value.kind === 'sync') break
      announcer.take(next.value)
    }
    io.log.info('announcing', { records: announcer.size })
    const speaker = {
      session,
      peers: (flags.peer ?? []).map((text) => parseEndpoint(text, 179, '--peer')),
      ...(flags.listen === undefined ? {} : { listen: parseEndpoint(flags.listen, 1790, '--listen') }),
      families: announcer.families,
      updates: announcer.updates.bind(announcer),
    }
    await runSpeaker(io, speaker, {
      once: flags.once,
      source: io.args.file ?? 'stdin',
      async whileRunning(running) {
        for await (const record of records) {
          const say = announcer.take(record)
          if (say !== undefined) await running.broadcast(say)
        }
      },
    })
  }
}
