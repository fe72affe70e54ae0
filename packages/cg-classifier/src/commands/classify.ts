import { Flags, inputArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** The second VNF: the model's answer to every report. */
export default class Classify extends ToolCommand<typeof Classify> {
  static override summary = 'say of every report whether its window looks like cloud gaming (ONNX Runtime)'
  static override examples = [
    '<%= config.bin %> features capture.pcap | <%= config.bin %> classify | <%= config.bin %> aggregate',
    '<%= config.bin %> classify --listen 9001 --forward 127.0.0.1:9003 | cat   # until SIGTERM',
  ]
  static override args = { file: inputArgument({ description: 'reports' }) }
  static override flags = {
    model: Flags.string({ summary: 'an ONNX file; the one that comes with the package without it' }),
    digest: Flags.string({ summary: 'refuse a model with another digest (sha256:…)' }),
    batch: Flags.integer({ default: 64, min: 1, max: 4096, summary: 'most reports in one run of the model' }),
    'max-waiting': Flags.integer({
      default: 65_536,
      min: 64,
      summary: 'reports that may wait; the oldest are dropped',
    }),
    'max-delay-ms': Flags.integer({
      default: 1000,
      min: 1,
      summary: 'with --listen: a report that has waited so long is dropped',
    }),
    listen: Flags.string({ summary: 'UDP service: PORT (on 127.0.0.1) or ADDRESS:PORT' }),
    forward: Flags.string({ summary: 'the aggregator, ADDRESS:PORT', dependsOn: ['listen'] }),
    'datagram-bytes': Flags.integer({
      default: 1400,
      min: 0,
      max: 60_000,
      summary: 'most bytes of lines in a forwarded datagram; 0: one each',
    }),
  }
  static override schema = 'segchain.report/1' as const

  protected async execute(io: ToolIo<typeof Classify>): Promise<void> {
    const { DEFAULT_MODEL, loadModel } = await import('../model/load.js')
    const { Batcher } = await import('../classify/batcher.js')
    const { classificationOf } = await import('../classify/classification.js')
    const { flags } = io
    const model = await loadModel(flags.model ?? DEFAULT_MODEL, flags.digest)
    const limits = { batch: flags.batch, maxWaiting: flags['max-waiting'] }
    if (flags.listen !== undefined) {
      const { serveClassify } = await import('../classify/serve.js')
      const forward = flags.forward === undefined ? {} : { forward: flags.forward }
      const datagramBytes = flags['datagram-bytes']
      await serveClassify({
        model,
        ...limits,
        maxDelayMs: flags['max-delay-ms'],
        listenOn: flags.listen,
        ...forward,
        datagramBytes,
        signal: io.signal,
        log: io.log,
      })
      return
    }
    const out = await io.open({ source: model.digest })
    let writing = Promise.resolve()
    const batcher = new Batcher(model, {
      ...limits,
      onScore(report, score) {
        const record = classificationOf(report, score, model.threshold)
        writing = writing.then(() => out.write(record))
      },
    })
    for await (const record of io.read(io.args.file, 'segchain.report/1')) {
      if (record.kind !== 'report') continue
      await batcher.addWaiting(record)
      await writing
    }
    await batcher.drain()
    await writing
    await out.end({ outcome: 'ok' })
    await model.close()
  }
}
