import { Flags, inputArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'
import { SegchainError } from '@segchain/records/error'
import { sessionFlags } from '../session-flags.js'

/** A capture as a live BGP-LS session. */
export default class Replay extends ToolCommand<typeof Replay> {
  static override summary = 'be the router of a capture: send its UPDATEs over a real BGP session'
  static override description =
    'A folder that collect --record made is run again without any session: exit code 1 when its output is another one. AS number and BGP Identifier are those of the capture unless given. After the UPDATEs comes an End-of-RIB; the session stays up until told to end.'
  static override examples = [
    '<%= config.bin %> replay session.pcap --listen 127.0.0.1:1790 --once & <%= config.bin %> collect --once --peer 127.0.0.1:1790 | jq -c .',
    '<%= config.bin %> replay recording/ | jq -c .',
    '<%= config.bin %> replay session.pcap --peer 10.0.0.9 --local-as 65000',
  ]
  static override args = { file: inputArgument({ description: 'the capture, or the folder of a recording' }) }
  static override flags = {
    ...sessionFlags,
    'local-as': Flags.integer({ summary: 'our AS number; default: of the capture', min: 1, max: 0xffff_ffff }),
    'router-id': Flags.string({ summary: 'our BGP Identifier; default: of the capture', helpValue: 'A.B.C.D' }),
    peer: Flags.string({ summary: 'connect to HOST[:PORT] (port 179)', multiple: true, helpValue: 'HOST[:PORT]' }),
    listen: Flags.string({ summary: 'wait for peers here', helpValue: 'HOST[:PORT]' }),
    once: Flags.boolean({ summary: 'end when the first peer that got everything closes its session' }),
  }
  static override schema = 'segchain.topology/1' as const

  protected async execute(io: ToolIo<typeof Replay>): Promise<void> {
    const { flags } = io
    if (await isFolder(io.args.file)) {
      await this.#recording(io, io.args.file ?? '')
      return
    }
    if (flags.peer === undefined && flags.listen === undefined) {
      throw new SegchainError({
        category: 'usage',
        code: 'NO_PEER',
        message: 'nobody to replay to',
        hint: 'give --peer HOST[:PORT], or --listen 127.0.0.1:1790',
      })
    }
    const { readRecordedSession } = await import('../decode/recorded-session.js')
    const { gunzipped } = await import('@segchain/pcap')
    const { parseEndpoint } = await import('../session/endpoint.js')
    const { sessionConfig } = await import('../session-config.js')
    const { runSpeaker } = await import('../announce/run-speaker.js')
    const input = io.bytes(io.args.file)
    const recorded = await readRecordedSession(gunzipped(input.chunks))
    const session = sessionConfig({
      ...flags,
      'local-as': flags['local-as'] ?? recorded.open?.asn ?? 65_000,
      'router-id': flags['router-id'] ?? recorded.open?.bgpId ?? recorded.from,
    })
    const peers = (flags.peer ?? []).map((text) => parseEndpoint(text, 179, '--peer'))
    const listen = flags.listen === undefined ? {} : { listen: parseEndpoint(flags.listen, 1790, '--listen') }
    const speaker = { session, peers, ...listen, updates: () => recorded.updates }
    await runSpeaker(io, speaker, { once: flags.once, source: input.name })
  }

  async #recording(io: ToolIo<typeof Replay>, folder: string): Promise<void> {
    const { runRecording } = await import('../record/run-recording.js')
    const out = await io.open({ source: folder })
    const different = await runRecording(folder, out)
    if (different !== undefined) io.log.warn(`output line ${different} is not what was recorded`, { folder })
    io.exitCode = different === undefined ? 0 : 1
    await out.end({ outcome: different === undefined ? 'ok' : 'different', exitCode: io.exitCode })
  }
}

async function isFolder(path: string | undefined): Promise<boolean> {
  if (path === undefined || path === '-') return false
  const { stat } = await import('node:fs/promises')
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}
