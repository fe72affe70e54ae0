import { Flags, inputArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'
import { SegchainError } from '@segchain/records/error'
import type { CaptureCounts, CaptureOptions } from '../features/capture-windows.js'
import { Damage } from '../features/damage.js'

/** A capture to reports. */
export default class Features extends ToolCommand<typeof Features> {
  static override summary =
    'turn a capture (pcap or pcapng) or a live interface into reports: the features of 33 ms windows of each flow'
  static override examples = [
    '<%= config.bin %> features capture.pcap | <%= config.bin %> classify | <%= config.bin %> aggregate',
    '<%= config.bin %> features --interface eth0 | <%= config.bin %> classify | <%= config.bin %> aggregate   # until Ctrl-C',
    '<%= config.bin %> features --interface eth0 --forward 127.0.0.1:9000 | cat   # to check --listen 9000',
    'ssh probe tcpdump -U -i eth0 -s 192 -w - udp | <%= config.bin %> features - | head -3',
    '<%= config.bin %> features --wire capture.pcap   # the datagrams of the published VNFs, one a line',
  ]
  static override args = { file: inputArgument({ description: 'the capture; gzip is undone' }) }
  static override flags = {
    interface: Flags.string({
      char: 'i',
      summary: 'capture here, live, until a signal: with tcpdump or dumpcap, which hold the right to do so',
      exclusive: ['no-idle-closing'],
    }),
    seconds: Flags.integer({ min: 1, summary: 'end the live capture after so long', dependsOn: ['interface'] }),
    forward: Flags.string({
      summary:
        'send each report to a check service, ADDRESS:PORT, with sequence numbers; with --wire as the published probe',
      dependsOn: ['interface'],
    }),
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
    const { toWire } = await import('../report/wire.js')
    const { flags } = io
    const counts = { packets: 0, counted: 0, passedOver: 0 }
    const transport = flags.transport === 'tcp' ? 'tcp' : flags.transport === 'all' ? 'all' : 'udp'
    const options = {
      windowNs: flags['window-ms'] * 1_000_000,
      idleClosing: !flags['no-idle-closing'],
      transport,
    } as const
    const damage = new Damage(io.flags['on-error'], io.log)
    const { name, reports } = await this.#open(io, options, counts, damage)
    if (flags.forward !== undefined) {
      const { forwardReports } = await import('../features/forward-reports.js')
      return forwardReports(reports, {
        to: flags.forward,
        wire: flags.wire,
        log: io.log,
        firstSequence: Date.now() * 1000,
      })
    }
    if (flags.wire) {
      for await (const report of reports) await io.text(`${toWire(report)}\n`)
      return
    }
    const out = await io.open({ source: name })
    if (flags.interface !== undefined) await out.write({ kind: 'sync', id: 'sync', reason: 'quiet' })
    let sequence = 0
    const ended = () => ({ packets: counts.packets, 'passed-over': counts.passedOver, ...damage.counts })
    try {
      for await (const report of reports) {
        for (const record of damage.taken()) await out.write(record)
        await out.write({ ...report, sequence: sequence++ })
      }
    } catch (error) {
      if (!(error instanceof SegchainError) || error.category !== 'data') throw error
      await out.end({ outcome: 'failed', exitCode: 4, counts: ended() })
      throw error.at({ file: name })
    }
    for (const record of damage.taken()) await out.write(record)
    await out.end({ outcome: 'ok', counts: ended() })
  }

  async #open(io: ToolIo<typeof Features>, options: CaptureOptions, counts: CaptureCounts, damage: Damage) {
    const device = io.flags.interface
    if (device === undefined) {
      const { reportsOfCapture } = await import('../features/reports-of-capture.js')
      const input = io.bytes(io.args.file)
      return { name: input.name, reports: reportsOfCapture(input.chunks, options, counts, damage.reading(input.name)) }
    }
    const { liveReports } = await import('../features/live-reports.js')
    const seconds = io.flags.seconds === undefined ? {} : { seconds: io.flags.seconds }
    const { parseEndpoint } = await import('../udp/endpoint.js')
    const except = io.flags.forward === undefined ? {} : { except: parseEndpoint(io.flags.forward) }
    const live = { ...options, device, signal: io.signal, log: io.log, ...seconds, ...except }
    return { name: device, reports: await liveReports(live, counts) }
  }
}
