import { Flags, inputArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** The third VNF: a verdict for every session. */
export default class Aggregate extends ToolCommand<typeof Aggregate> {
  static override summary = 'decide for every session whether it is cloud gaming, with stated error rates'
  static override examples = [
    '<%= config.bin %> features capture.pcap | <%= config.bin %> classify | <%= config.bin %> aggregate',
    '<%= config.bin %> aggregate --listen 9003 --state sessions.json | jq -c \'select(.class == "cloud-gaming")\'',
  ]
  static override args = { file: inputArgument({ description: 'classifications' }) }
  static override flags = {
    rule: Flags.string({ summary: 'JSON with p0, p1, alpha, beta, designEffect; that of the model without it' }),
    'idle-seconds': Flags.integer({
      default: 30,
      min: 1,
      summary: 'a session without windows for so long is over: its verdict is withdrawn',
    }),
    'max-sessions': Flags.integer({
      default: 200_000,
      min: 1,
      summary: 'sessions kept; beyond it the one that was silent longest is over',
    }),
    service: Flags.string({ summary: 'the name of this micro-service in its verdicts, as the intents have it' }),
    listen: Flags.string({ summary: 'UDP service: PORT (on 127.0.0.1) or ADDRESS:PORT' }),
    state: Flags.string({ summary: 'file that keeps the sessions over a restart' }),
  }
  static override schema = 'segchain.verdict/1' as const

  protected async execute(io: ToolIo<typeof Aggregate>): Promise<void> {
    const { Aggregator } = await import('../aggregate/aggregator.js')
    const { DEFAULT_RULE, readRule, readState, writeState } = await import('../aggregate/state-file.js')
    const { flags } = io
    const rule = await readRule(flags.rule ?? DEFAULT_RULE)
    const aggregator = new Aggregator({
      rule,
      idleSeconds: flags['idle-seconds'],
      maxSessions: flags['max-sessions'],
      ...(flags.service === undefined ? {} : { service: flags.service }),
    })
    const kept = flags.state === undefined ? [] : await readState(flags.state)
    const out = await io.open()
    if (flags.listen !== undefined) {
      const { serveAggregate } = await import('../aggregate/serve.js')
      const state = flags.state === undefined ? {} : { state: flags.state }
      await serveAggregate({
        aggregator,
        kept,
        listenOn: flags.listen,
        ...state,
        write: (record) => out.write(record),
        signal: io.signal,
        log: io.log,
      })
      return
    }
    let restored = false
    for await (const record of io.read(io.args.file, 'segchain.report/1')) {
      if (record.kind !== 'classification') continue
      const now = record.windowStartNs === undefined ? 0 : Number(record.windowStartNs) / 1e9
      if (!restored) for (const verdict of aggregator.restore(kept, now)) await out.write(verdict)
      restored = true
      for (const change of aggregator.add(record, now)) await out.write(change)
    }
    if (flags.state !== undefined) await writeState(flags.state, restored ? aggregator.state() : kept)
    await out.end({ outcome: 'ok', counts: { sessions: aggregator.size } })
  }
}
