import type { ToolIo } from '@segchain/cli-kit'
import type { Snapshot } from '@segchain/path-engine'
import { buildModel, type Model } from '../compile/model.js'
import { Problems } from '../compile/problems.js'
import { failOn, inDirectory, loadRepository, type Repository } from './load.js'
import { readTopology } from './read-topology.js'

export interface Loaded {
  readonly model: Model
  readonly repository: Repository
  readonly topology: Snapshot
}

/** Intents and topology as a model; with any error, the command ends as compile would. */
export async function loadModel(
  io: Pick<ToolIo<never>, 'read' | 'log'>,
  directory: string,
  topologyPath: string | undefined,
): Promise<Loaded> {
  return loadModelFor(io, directory, () => readTopology(io, topologyPath))
}

/** Of a topology that has been read already. */
export async function modelOf(io: Pick<ToolIo<never>, 'log'>, directory: string, topology: Snapshot): Promise<Model> {
  return (await loadModelFor(io, directory, async () => topology)).model
}

async function loadModelFor(
  io: Pick<ToolIo<never>, 'log'>,
  directory: string,
  read: () => Promise<Snapshot>,
): Promise<Loaded> {
  const repository = await loadRepository(directory)
  failOn(repository.errors, io.log, directory)
  const topology = await read()
  const problems = new Problems()
  const model = buildModel({ ...repository, topology, unreachable: 'warn' }, problems)
  failOn(
    problems.errors.map((error) => inDirectory(error, directory)),
    io.log,
    directory,
  )
  if (model === undefined) throw new Error('a model without errors has a graph')
  return { model, repository, topology }
}
