import { inputArgument, requiredArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** Two topologies. */
export default class Diff extends ToolCommand<typeof Diff> {
  static override summary = 'what makes one topology out of another: records to add or replace, ids to withdraw'
  static override description =
    'Exit code 0: the same, 1: a difference. Who reported a record, and whether it is stale, does not count.'
  static override examples = [
    '<%= config.bin %> diff yesterday.ndjson today.ndjson | jq -c \'select(.kind == "withdraw")\'',
    '<%= config.bin %> collect --once --peer 10.0.0.1 | <%= config.bin %> diff yesterday.ndjson -',
  ]
  static override args = {
    before: requiredArgument({ description: 'a topology stream' }),
    after: inputArgument({ description: 'another one' }),
  }
  static override schema = 'segchain.topology/1' as const

  protected async execute(io: ToolIo<typeof Diff>): Promise<void> {
    const { topologyState } = await import('../diff/topology-state.js')
    const { diffTopologies } = await import('../diff/diff-topologies.js')
    const before = await topologyState(io.read(io.args.before, 'segchain.topology/1'))
    const after = await topologyState(io.read(io.args.after, 'segchain.topology/1'))
    const { added, changed, removed } = diffTopologies(before, after)
    const out = await io.open({ source: `${io.args.before} ${io.args.after ?? '-'}` })
    for (const record of [...removed, ...changed, ...added]) await out.write(record)
    io.exitCode = added.length + changed.length + removed.length === 0 ? 0 : 1
    await out.end({
      outcome: io.exitCode === 0 ? 'ok' : 'different',
      exitCode: io.exitCode,
      counts: { added: added.length, changed: changed.length, removed: removed.length },
    })
  }
}
