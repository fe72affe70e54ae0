import { Flags, inputArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'
import type { StreamRecord } from '@segchain/records'
import { SegchainError } from '@segchain/records/error'

/** A capture to topology records. */
export default class Decode extends ToolCommand<typeof Decode> {
  static override summary =
    'turn a recording of BGP-LS (pcap, pcapng, MRT, BMP, BGP, hexadecimal text) into topology records'
  static override examples = [
    '<%= config.bin %> decode session.pcap | jq -c \'select(.kind == "prefix") | {prefix, prefixSids}\'',
    'tcpdump -U -w - tcp port 179 | <%= config.bin %> decode -',
    '<%= config.bin %> decode --snapshot session.pcap > topology.ndjson',
  ]
  static override args = { file: inputArgument({ description: 'the recording; gzip is undone' }) }
  static override flags = {
    snapshot: Flags.boolean({ summary: 'only the state at the end, sorted, instead of every change in its order' }),
    strict: Flags.boolean({
      summary: 'discard an NLRI whose TLVs do not ascend (RFC 9552 §8.2.2), instead of reading it',
    }),
  }
  static override schema = 'segchain.topology/1' as const

  protected async execute(io: ToolIo<typeof Decode>): Promise<void> {
    const { CaptureDecoder } = await import('../decode/decode-capture.js')
    const { ProblemReport } = await import('../report-problem.js')
    const { DamageReport } = await import('../decode/damage-report.js')
    const { gunzipped } = await import('@segchain/pcap')
    const input = io.bytes(io.args.file)
    const problems = new ProblemReport(io.log)
    const damage = new DamageReport(io.flags['on-error'], input.name, io.log)
    const decoder = new CaptureDecoder({ strictOrder: io.flags.strict, ...damage.options })
    const out = await io.open({ source: input.name })
    try {
      for await (const batch of decoder.decodeInBatches(gunzipped(input.chunks))) {
        for (const record of damage.taken()) await out.write(record)
        const records: StreamRecord<'segchain.topology/1'>[] = []
        for (const found of batch) {
          if (found.kind === 'problem') {
            problems.add(found.treatment, found.error, found.from)
            if (found.treatment === 'session-reset') damage.framing(found.error)
          } else if (found.kind === 'lost')
            io.log.warn(`${found.bytes} bytes from ${found.from} are in no whole message`)
          else if (!io.flags.snapshot || found.record.kind === 'session') records.push(found.record)
        }
        // All at once, and one wait for all of them: a wait for each record costs as much as a small record.
        await Promise.all(records.map((record) => out.write(record)))
      }
      for (const text of decoder.survey.withheld) io.log.warn(text)
      if (damage.fails && decoder.survey.allLost !== undefined) throw decoder.survey.allLost
      if (damage.lostFraming !== undefined) throw damage.lostFraming
    } catch (error) {
      if (!(error instanceof SegchainError) || error.category !== 'data') throw error
      // What was readable before the damage is given, and the stream says that it is not the whole.
      if (io.flags.snapshot) for (const record of decoder.rib.snapshot()) await out.write(record)
      await out.end({ outcome: 'failed', exitCode: 4, counts: problems.counts })
      throw error.at({ file: input.name })
    }
    for (const record of damage.taken()) await out.write(record)
    if (io.flags.snapshot) for (const record of decoder.rib.snapshot()) await out.write(record)
    await out.write({ kind: 'sync', id: 'sync:end', reason: 'end-of-input' })
    const { nothing } = decoder.survey
    if (nothing !== undefined) io.log.warn(`no topology came of ${input.name}: ${nothing}`)
    await out.end({ outcome: 'ok', counts: { ...problems.counts, ...damage.counts } })
  }
}
