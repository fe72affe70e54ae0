import type { ToolIo } from '@segchain/cli-kit'
import type BalanceCommand from '../commands/balance.js'
import { anycastShares } from '../compile/load/balance.js'
import { loadModel } from './load-model.js'

export async function runBalance(io: ToolIo<typeof BalanceCommand>): Promise<void> {
  const { model } = await loadModel(io, io.args.intents, io.flags.topology)
  const out = await io.open({ source: io.args.intents })
  for (const share of anycastShares(model)) await out.write(share)
  await out.end({ outcome: 'ok' })
}
