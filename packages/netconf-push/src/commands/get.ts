import { ToolCommand, type ToolIo } from '@segchain/cli-kit'
import { deviceFlags } from '../shell/flags.js'

const { unsupported: _, ...flags } = deviceFlags

export default class Get extends ToolCommand<typeof Get> {
  static override summary = 'Shows what the devices have of what the tools configure'
  static override description =
    'Reads the running configuration of every Device, as far as its dialect knows it: one change record for each leaf, as if it were to be created.'
  static override examples = [
    '<%= config.bin %> get --devices intents -o table',
    '<%= config.bin %> get --devices intents --device r3 | jq -r \'select(.kind == "change") | .path + " = " + .after\'',
  ]
  static override flags = flags
  static override schema = 'segchain.result/1' as const

  protected async execute(io: ToolIo<typeof Get>): Promise<void> {
    const { getDevices } = await import('../shell/get-devices.js')
    await getDevices(io)
  }
}
