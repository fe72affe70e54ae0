import { Flags, ToolCommand, type ToolIo } from '@segchain/cli-kit'

export default class Unload extends ToolCommand<typeof Unload> {
  static override summary = 'Takes the data plane out of the kernel: programs, tables, sessions'
  static override description = 'The daemon must not run. Packets go on as if sr-proxy had never been there.'
  static override examples = [
    'systemctl stop sr-proxy && <%= config.bin %> unload --config /etc/segchain/sr-proxy.yaml | jq .outcome',
  ]
  static override flags = {
    config: Flags.string({ required: true, helpValue: 'FILE', description: 'the configuration' }),
  }
  static override schema = 'segchain.proxy/1' as const

  protected async execute(io: ToolIo<typeof Unload>): Promise<void> {
    const { unload } = await import('../unload.js')
    await unload(io)
  }
}
