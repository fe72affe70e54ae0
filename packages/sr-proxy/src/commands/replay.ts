import { Flags, requiredArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'

export default class Replay extends ToolCommand<typeof Replay> {
  static override summary = 'Sends a capture through the data plane in WebAssembly: no root, on any system'
  static override description = [
    'The same C as in the kernel, with the tables of a configuration file. Every VNF sends back what it gets (--vnf echo);',
    'OUT has what leaves towards the network or ends at the kernel, the record stream has the counters.',
  ].join(' ')
  static override examples = [
    '<%= config.bin %> replay in.pcap out.pcap --config proxy.yaml && tshark -r out.pcap',
    `<%= config.bin %> replay in.pcap out.pcap --config proxy.yaml | jq -r 'select(.group == "drop") | .name'`,
    '<%= config.bin %> replay in.pcap out.pcap --config proxy.yaml --socket /run/segchain/sr-proxy.sock && tshark -r out.pcap',
  ]
  static override args = {
    in: requiredArgument({ description: 'a capture (pcap, pcapng) of Ethernet frames; - is stdin' }),
    out: requiredArgument({ description: 'the capture to write (pcap)' }),
  }
  static override flags = {
    config: Flags.string({
      required: true,
      helpValue: 'FILE',
      description: 'as for sr-proxy run; interfaces need not exist',
    }),
    socket: Flags.string({
      helpValue: 'PATH',
      description: 'of a daemon: also the tables that a plan or a controller has put there',
    }),
    interface: Flags.string({
      helpValue: 'NAME',
      description: 'where the packets come in; default: the first one of network; a VNF’s: as from that VNF',
    }),
    vnf: Flags.option({ options: ['echo', 'none'] as const, default: 'echo' as const })({
      description: 'whether VNFs send back what they get',
    }),
    write: Flags.option({ options: ['out', 'all'] as const, default: 'out' as const })({
      description: 'all: also what goes to VNFs and monitors',
    }),
  }
  static override schema = 'segchain.proxy/1' as const

  protected async execute(io: ToolIo<typeof Replay>): Promise<void> {
    const { runReplay } = await import('../replay/run-replay.js')
    await runReplay(io)
  }
}
