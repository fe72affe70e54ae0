import type { ToolIo } from '@segchain/cli-kit'
import { SegchainError } from '@segchain/records'
import { tracePolicy, traceStack } from '../analysis/trace-records.js'
import type TraceCommand from '../commands/trace.js'
import { loadModel } from './load-model.js'
import { nodeNamed } from './node-named.js'

export async function runTrace(io: ToolIo<typeof TraceCommand>): Promise<void> {
  const { model } = await loadModel(io, io.args.intents, io.flags.topology)
  const { from, labels } = io.flags
  const records =
    from === undefined || labels === undefined
      ? model.steered.flatMap((one) => tracePolicy(model, one))
      : traceStack(model, nodeNamed(model.graph, from), parseLabels(labels))
  const out = await io.open({ source: io.args.intents })
  for (const record of records) await out.write(record)
  const broken = records.filter((record) => record.kind === 'trace' && record.outcome === 'broken').length
  await out.end({ outcome: broken > 0 ? 'failed' : 'ok', exitCode: broken > 0 ? 3 : 0, counts: { broken } })
  io.exitCode = broken > 0 ? 3 : 0
}

function parseLabels(text: string): number[] {
  return text.split(',').map((part) => {
    if (/^\d{1,7}$/.test(part) && Number(part) <= 0xf_ffff) return Number(part)
    throw new SegchainError({
      category: 'usage',
      code: 'BAD_LABEL',
      message: `"${part}" is no MPLS label`,
      hint: 'numbers up to 1048575, top first, with commas between: 17004,16004',
    })
  })
}
