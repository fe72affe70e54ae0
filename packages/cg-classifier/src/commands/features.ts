import { Flags, inputArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** A capture to reports. */
export default class Features extends ToolCommand<typeof Features> {
  static override summary = 'turn a capture (pcap or pcapng) into reports: the features of 33 ms windows of each flow'
  static override examples = [
    '<%= config.bin %> features capture.pcap | <%= config.bin %> classify | <%= config.bin %> aggregate',
    'tcpdump -U -i eth0 -s 96 -w - udp | <%= config.bin %> features - | head -3',
    '<%= config.bin %> features --wire capture.pcap   # the datagrams of the published VNFs, one a line',
  ]
  static override args = { file: inputArgument({ description: 'the capture' }) }
  static override flags = {
    'window-ms': Flags.integer({ default: 33, min: 1, max: 10_000, summary: 'length of a window, ms' }),
    transport: Flags.string({
      options: ['udp', 'tcp', 'all'],
      default: 'udp',
      summary: 'which packets count; sizes are those of the transport payload',
    }),
    'no-idle-closing': Flags.boolean({
      summary: 'close a window only by the next packet of its flow, as the published probe does',
    }),
    wire: Flags.boolean({ summary: 'write the JSON arrays of the published VNFs, one a line' }),
  }
  static override schema = 'segchain.report/1' as const

  protected async execute(io: ToolIo<typeof Features>): Promise<void> {
    const { reportsOfCapture } = await import('../features/reports-of-capture.js')
    const { toWire } = await import('../report/wire.js')
    const input = io.bytes(io.args.file)
    const counts = { packets: 0, counted: 0, passedOver: 0 }
    const transport = io.flags.transport === 'tcp' ? 'tcp' : io.flags.transport === 'all' ? 'all' : 'udp'
    const options = {
      windowNs: io.flags['window-ms'] * 1_000_000,
      idleClosing: !io.flags['no-idle-closing'],
      transport,
    } as const
    const reports = reportsOfCapture(input.chunks, options, counts)
    if (io.flags.wire) {
      for await (const report of reports) await io.text(`${toWire(report)}\n`)
      return
    }
    const out = await io.open({ source: input.name })
    let sequence = 0
    for await (const report of reports) await out.write({ ...report, sequence: sequence++ })
    await out.end({ outcome: 'ok', counts: { packets: counts.packets, 'passed-over': counts.passedOver } })
  }
}
