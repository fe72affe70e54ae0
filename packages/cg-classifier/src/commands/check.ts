import { Flags, inputArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** The first VNF: lets good reports through. */
export default class Check extends ToolCommand<typeof Check> {
  static override summary = 'let valid reports through, drop and count the others, spread sessions over classifiers'
  static override examples = [
    '<%= config.bin %> features capture.pcap | <%= config.bin %> check | <%= config.bin %> classify',
    '<%= config.bin %> check --listen 9000 --forward 127.0.0.1:9001,127.0.0.1:9002 | cat   # until SIGTERM',
  ]
  static override args = { file: inputArgument({ description: 'reports' }) }
  static override flags = {
    listen: Flags.string({ summary: 'UDP service: PORT (on 127.0.0.1) or ADDRESS:PORT' }),
    forward: Flags.string({
      summary: 'classifiers, separated by commas; a session always goes to the same one',
      dependsOn: ['listen'],
    }),
    sender: Flags.string({ multiple: true, summary: 'an address that may send (several times); everybody without it' }),
    'max-rate': Flags.integer({ min: 1, summary: 'reports a second that one sender may send' }),
    'datagram-bytes': Flags.integer({
      default: 1400,
      min: 0,
      max: 60_000,
      summary: 'most bytes of lines in a forwarded datagram; 0: one report each',
    }),
    wire: Flags.boolean({ summary: 'forward the array of the published VNFs, without sequence and session' }),
  }
  static override schema = 'segchain.report/1' as const

  protected async execute(io: ToolIo<typeof Check>): Promise<void> {
    const { Checker } = await import('../check/checker.js')
    const { flags } = io
    const checker = new Checker({
      ...(flags.sender === undefined ? {} : { senders: flags.sender }),
      ...(flags['max-rate'] === undefined ? {} : { maxRate: flags['max-rate'] }),
    })
    if (flags.listen !== undefined) {
      const { serveCheck } = await import('../check/serve.js')
      const forward = flags.forward?.split(',') ?? []
      const datagramBytes = flags.wire ? 0 : flags['datagram-bytes']
      await serveCheck({
        checker,
        listenOn: flags.listen,
        forward,
        datagramBytes,
        wire: flags.wire,
        signal: io.signal,
        log: io.log,
      })
      return
    }
    const out = await io.open()
    for await (const record of io.read(io.args.file, 'segchain.report/1')) {
      if (record.kind !== 'report') continue
      const now = record.windowStartNs === undefined ? 0 : Number(record.windowStartNs) / 1e9
      const checked = checker.record(record, 'stream', now)
      if (typeof checked === 'object') await out.write(checked)
    }
    await out.end({ outcome: 'ok', counts: checker.counts })
  }
}
