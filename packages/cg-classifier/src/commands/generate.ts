import { Flags, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** Generated traffic as a capture. */
export default class Generate extends ToolCommand<typeof Generate> {
  static override summary = 'write generated traffic of a cloud-gaming platform or of another application as pcap'
  static override examples = [
    '<%= config.bin %> generate --source xcloud --seconds 10 | <%= config.bin %> features',
    '<%= config.bin %> generate --list   # every source with its parameters and where they are from',
    '<%= config.bin %> generate --source download --seed 7 --mbps 20 > download.pcap',
  ]
  static override flags = {
    source: Flags.string({ summary: 'which platform or application; --list names them' }),
    seconds: Flags.integer({ default: 10, min: 1, max: 3600, summary: 'length of the session' }),
    seed: Flags.string({ default: '1', summary: 'the same seed gives the same packets' }),
    mbps: Flags.string({
      summary: 'bit-rate of the heavier direction; without it, drawn from the range of the source',
    }),
    'start-up': Flags.integer({
      default: 0,
      min: 0,
      max: 60,
      summary: 'seconds of connectivity checks, keys and control before the media',
    }),
    list: Flags.boolean({ summary: 'print the sources and their parameters' }),
  }
  static override schema = 'segchain.report/1' as const

  protected async execute(io: ToolIo<typeof Generate>): Promise<void> {
    const { SegchainError } = await import('@segchain/records')
    const { sources } = await import('../generate/sources.js')
    const { flags } = io
    if (flags.list) {
      for (const { name, class: kind, rates, parameters } of sources) {
        await io.text(
          `${name} (${kind}), ${rates[0]}-${rates[1]} Mbit/s\n${parameters.map((p) => `  ${p}\n`).join('')}`,
        )
      }
      return
    }
    const source = sources.find(({ name }) => name === flags.source)
    const mbps = flags.mbps === undefined ? undefined : Number(flags.mbps)
    if (source === undefined || (mbps !== undefined && !(mbps > 0 && mbps <= 1000))) {
      throw new SegchainError({
        category: 'usage',
        code: source === undefined ? 'NO_SOURCE' : 'MBPS',
        message:
          source === undefined
            ? `no source ${flags.source ?? '(none named)'}`
            : `--mbps ${flags.mbps} is not 0 to 1000`,
        hint: `--source is one of: ${sources.map(({ name }) => name).join(', ')}`,
      })
    }
    const { generateSession } = await import('../generate/session.js')
    const { captureOf } = await import('../generate/capture.js')
    const session = generateSession(source, flags.seed, flags.seconds, mbps, flags['start-up'])
    io.log.info(`${session.source}: ${session.mbps.toFixed(2)} Mbit/s over ${session.access.name}`)
    for (const record of captureOf(session)) {
      io.signal.throwIfAborted()
      if (!process.stdout.write(record)) {
        await new Promise<void>((resolve) => process.stdout.once('drain', resolve))
      }
    }
  }
}
