import { inputArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** A picture of the topology. */
export default class Graph extends ToolCommand<typeof Graph> {
  static override summary = 'draw a topology: Graphviz (DOT) on stdout'
  static override examples = [
    '<%= config.bin %> decode session.pcap | <%= config.bin %> graph | dot -Tsvg > topology.svg',
  ]
  static override args = { file: inputArgument({ description: 'the topology stream' }) }
  static override schema = 'segchain.topology/1' as const

  protected async execute(io: ToolIo<typeof Graph>): Promise<void> {
    const { topologyState } = await import('../diff/topology-state.js')
    const { toDot } = await import('../graph/dot.js')
    await io.text(toDot(await topologyState(io.read(io.args.file, 'segchain.topology/1'))))
  }
}
