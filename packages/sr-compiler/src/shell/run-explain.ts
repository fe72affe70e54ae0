import type { ToolIo } from '@segchain/cli-kit'
import { explain } from '../analysis/explain.js'
import type ExplainCommand from '../commands/explain.js'
import { failOn, loadRepository } from './load.js'
import { readTopology } from './read-topology.js'

export async function runExplain(io: ToolIo<typeof ExplainCommand>): Promise<void> {
  const directory = io.args.intents
  const repository = await loadRepository(directory)
  failOn(repository.errors, io.log, directory)
  const topology = await readTopology(io, io.flags.topology)
  const explanations = explain({ ...repository, topology })
  const out = await io.open({ source: directory })
  for (const explanation of explanations) await out.write(explanation)
  const without = explanations.filter((explanation) => !explanation.found).length
  io.exitCode = without > 0 ? 3 : 0
  await out.end({ outcome: without > 0 ? 'failed' : 'ok', exitCode: io.exitCode, counts: { without } })
}
