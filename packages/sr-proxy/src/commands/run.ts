import { Flags, ToolCommand, type ToolIo } from '@segchain/cli-kit'

export default class Run extends ToolCommand<typeof Run> {
  static override summary = 'Owns the data plane: loads it, fills its tables, answers the API'
  static override description = [
    'Tables, sessions and attached programs stay in the kernel when it ends, however it ends; the next run takes them over and no packet is lost.',
    'SIGHUP reads the configuration again. sr-proxy unload takes everything away.',
  ].join(' ')
  static override examples = [
    '<%= config.bin %> run --config /etc/segchain/sr-proxy.yaml',
    '<%= config.bin %> run --config proxy.yaml --log-format json 2>&1 | jq -r .message',
  ]
  static override flags = {
    config: Flags.string({
      required: true,
      helpValue: 'FILE',
      description: 'the configuration (YAML; schemas/config.schema.json is its JSON Schema)',
    }),
  }
  static override schema = 'segchain.proxy/1' as const

  protected async execute(io: ToolIo<typeof Run>): Promise<void> {
    const { runDaemon } = await import('../shell.js')
    await runDaemon(io, this.config.version)
  }
}
