import { Flags, ToolCommand, type ToolIo } from '@segchain/cli-kit'
import { collectorFlags } from '../collector-flags.js'

/** BGP sessions to topology records. */
export default class Collect extends ToolCommand<typeof Collect> {
  static override summary = 'receive BGP-LS from routers and write the topology'
  static override description =
    'Listens on loopback (127.0.0.1:1179) and, with --peer, connects. --once ends with the complete topology; --follow goes on with every change.'
  static override examples = [
    '<%= config.bin %> collect --once --peer 10.0.0.1 --local-as 65000 | jq -c \'select(.kind == "node")\'',
    '<%= config.bin %> collect --once --listen 127.0.0.1:1179 > topology.ndjson',
    '<%= config.bin %> collect --follow --bmp 127.0.0.1:11019 | jq -c .',
    '<%= config.bin %> collect --follow --listen 0.0.0.0:179 --allow 10.0.0.0/8 | jq -c .',
  ]
  static override flags = {
    once: Flags.boolean({ summary: 'end when the initial dump is complete (the default)', exclusive: ['follow'] }),
    follow: Flags.boolean({ summary: 'go on with every change, until told to end' }),
    ...collectorFlags,
    state: Flags.string({
      summary: 'keep the topology in this file, and begin with it after a restart',
      helpValue: 'FILE',
    }),
    record: Flags.string({ summary: 'record what comes in and what becomes of it; see replay', helpValue: 'DIR' }),
    metrics: Flags.string({
      summary: 'serve Prometheus metrics at http://HOST:PORT/metrics (port 9179)',
      helpValue: 'HOST[:PORT]',
    }),
    timeout: Flags.string({
      summary: '--once: give up when the dump is not complete after so many seconds',
      default: '60',
    }),
    expect: Flags.integer({ summary: '--once: how many peers are waited for (at least those of --peer)', min: 1 }),
  }
  static override schema = 'segchain.topology/1' as const

  protected async execute(io: ToolIo<typeof Collect>): Promise<void> {
    const { parseEndpoint } = await import('../session/endpoint.js')
    const { seconds } = await import('../session-config.js')
    const { collectorOptions } = await import('../collect/collector-options.js')
    const { flags } = io
    const { bmp, options } = collectorOptions(flags)
    const { runCollector } = await import('../collect/run-collector.js')
    await runCollector(io, options, {
      once: !flags.follow,
      timeoutSeconds: seconds(flags.timeout, '--timeout'),
      ...(bmp === undefined ? {} : { bmp }),
      ...(flags.state === undefined ? {} : { stateFile: flags.state }),
      ...(flags.record === undefined ? {} : { record: flags.record }),
      ...(flags.metrics === undefined ? {} : { metrics: parseEndpoint(flags.metrics, 9179, '--metrics') }),
      expected: Math.max(flags.expect ?? 1, options.peers.length),
    })
  }
}
