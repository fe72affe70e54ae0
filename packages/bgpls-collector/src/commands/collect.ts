import { BlockList, isIP } from 'node:net'
import { Flags, ToolCommand, type ToolIo } from '@segchain/cli-kit'
import { SegchainError } from '@segchain/records/error'
import { sessionFlags } from '../session-flags.js'

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
    peer: Flags.string({ summary: 'connect to HOST[:PORT] (port 179)', multiple: true, helpValue: 'HOST[:PORT]' }),
    listen: Flags.string({
      summary: 'wait for peers here; the default when there is no --peer',
      helpValue: 'HOST[:PORT]',
    }),
    bmp: Flags.string({ summary: 'be a BMP station here (port 11019)', helpValue: 'HOST[:PORT]' }),
    allow: Flags.string({
      summary: 'peers that may connect: an address or a prefix; needed when --listen is not loopback',
      multiple: true,
      helpValue: 'PREFIX',
    }),
    ...sessionFlags,
    quiet: Flags.string({ summary: 'seconds of silence that end an initial dump without End-of-RIB', default: '3' }),
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
    'max-stale': Flags.string({
      summary: 'keep the topology of a peer that restarts gracefully for at most so many seconds',
      default: '300',
    }),
    'max-sessions': Flags.integer({ summary: 'refuse more connections than this', default: 256, min: 1 }),
    spf: Flags.boolean({ summary: 'offer BGP-LS-SPF (SAFI 80, RFC 9815) too: its objects come as another table' }),
    'offer-ipv4': Flags.boolean({ summary: 'offer IPv4 unicast too (and skip it): some peers insist, as ExaBGP 4' }),
    strict: Flags.boolean({
      summary: 'discard an NLRI whose TLVs do not ascend (RFC 9552 §8.2.2), instead of reading it',
    }),
  }
  static override schema = 'segchain.topology/1' as const

  protected async execute(io: ToolIo<typeof Collect>): Promise<void> {
    const { parseEndpoint, isLoopback, endpointText } = await import('../session/endpoint.js')
    const { AFI_LINK_STATE, SAFI_LINK_STATE_SPF, SAFI_LINK_STATE_VPN } = await import('../codec/iana/bgp-parameters.js')
    const { sessionConfig, seconds } = await import('../session-config.js')
    const { flags } = io
    const peers = (flags.peer ?? []).map((text) => parseEndpoint(text, 179, '--peer'))
    const bmp = flags.bmp === undefined ? undefined : parseEndpoint(flags.bmp, 11_019, '--bmp')
    const listen =
      flags.listen !== undefined || (peers.length === 0 && bmp === undefined)
        ? parseEndpoint(flags.listen ?? '127.0.0.1', 1179, '--listen')
        : undefined
    const open = [listen, bmp].find((endpoint) => endpoint !== undefined && !isLoopback(endpoint.host))
    if (open !== undefined && flags.allow === undefined) {
      throw new SegchainError({
        category: 'usage',
        code: 'ALLOW_NEEDED',
        message: `${endpointText(open)} is open to others: say who may connect`,
        hint: 'as --allow 10.0.0.0/8, or --allow 0.0.0.0/0 --allow ::/0 for everybody',
      })
    }
    const options = {
      session: sessionConfig(flags),
      peers,
      ...(listen === undefined ? {} : { listen }),
      allowed: allowedBy(flags.allow),
      quietSeconds: seconds(flags.quiet, '--quiet'),
      strictOrder: flags.strict,
      maxStaleSeconds: seconds(flags['max-stale'], '--max-stale'),
      families: [
        { afi: AFI_LINK_STATE, safi: SAFI_LINK_STATE_VPN },
        ...(flags.spf ? [{ afi: AFI_LINK_STATE, safi: SAFI_LINK_STATE_SPF }] : []),
        ...(flags['offer-ipv4'] ? [{ afi: 1, safi: 1 }] : []),
      ],
      maxSessions: flags['max-sessions'],
    }
    const { runCollector } = await import('../collect/run-collector.js')
    await runCollector(io, options, {
      once: !flags.follow,
      timeoutSeconds: seconds(flags.timeout, '--timeout'),
      ...(bmp === undefined ? {} : { bmp }),
      ...(flags.state === undefined ? {} : { stateFile: flags.state }),
      ...(flags.record === undefined ? {} : { record: flags.record }),
      ...(flags.metrics === undefined ? {} : { metrics: parseEndpoint(flags.metrics, 9179, '--metrics') }),
      expected: Math.max(flags.expect ?? 1, peers.length),
    })
  }
}

/** Without --allow: everybody who can reach the loopback address. */
function allowedBy(prefixes: readonly string[] | undefined): (address: string) => boolean {
  if (prefixes === undefined) return () => true
  const list = new BlockList()
  for (const prefix of prefixes) {
    const [address = '', bits] = prefix.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    const width = family === 'ipv6' ? 128 : 32
    const length = bits === undefined ? width : Number(bits)
    if (isIP(address) === 0 || !Number.isInteger(length) || length < 0 || length > width) {
      throw new SegchainError({
        category: 'usage',
        code: 'PREFIX',
        message: `--allow ${JSON.stringify(prefix)} is no address and no prefix`,
        hint: 'as 10.0.0.1 or 10.0.0.0/8',
      })
    }
    list.addSubnet(address, length, family)
  }
  return (address) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}
