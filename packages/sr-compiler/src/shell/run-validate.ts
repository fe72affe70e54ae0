import type { ToolIo } from '@segchain/cli-kit'
import { snapshotOf } from '@segchain/path-engine'
import type { SegchainError, StreamRecord } from '@segchain/records'
import { checkIntents } from '../checks/index.js'
import type ValidateCommand from '../commands/validate.js'
import { compile } from '../compile/compile.js'
import { Problems } from '../compile/problems.js'
import { missingAllocations, missingLocators } from './allocations.js'
import { failOn, inDirectory, loadRepository, type Repository } from './load.js'

export async function runValidate(io: ToolIo<typeof ValidateCommand>): Promise<void> {
  const directory = io.args.intents
  const repository = await loadRepository(directory)
  failOn(repository.errors, io.log, directory)
  const { topology } = io.flags
  const errors = topology === undefined ? checkAlone(repository, io) : await checkAgainst(repository, topology, io)
  failOn(
    errors.map((error) => inDirectory(error, directory)),
    io.log,
    directory,
  )
  const out = await io.open({ source: directory })
  const { intents } = repository
  await out.end({
    outcome: 'ok',
    counts: {
      flexAlgos: intents.flexAlgos.length,
      services: intents.services.size,
      chains: intents.chains.size,
      steerings: intents.steerings.length,
      devices: intents.devices.length,
    },
  })
}

function checkAlone({ intents, lock }: Repository, io: ToolIo<typeof ValidateCommand>): readonly SegchainError[] {
  const problems = new Problems()
  checkIntents(intents, problems)
  for (const warning of problems.warnings) io.log.warn(inDirectory(warning, io.args.intents))
  if (problems.errors.length === 0) {
    const { added, errors } = missingAllocations(intents, lock)
    problems.errors.push(...errors)
    const locators = missingLocators(intents, lock)
    problems.errors.push(...locators.errors)
    const count = added.length + locators.added.length
    if (count > 0) io.log.warn(`${count} SID(s) are not in sids.lock: run sr-compiler allocate`)
  }
  return problems.errors
}

async function checkAgainst(
  { intents, lock }: Repository,
  path: string,
  io: ToolIo<typeof ValidateCommand>,
): Promise<readonly SegchainError[]> {
  const records: StreamRecord<'segchain.topology/1'>[] = []
  for await (const record of io.read(path, 'segchain.topology/1')) records.push(record)
  const topology = snapshotOf(records)
  const result = compile({ intents, lock, topology, mayAllocate: true, unreachable: io.flags.unreachable })
  for (const warning of result.warnings) io.log.warn(inDirectory(warning, io.args.intents))
  const added = (result.plan?.added.length ?? 0) + (result.plan?.addedLocators.length ?? 0)
  if (added > 0) io.log.warn(`${added} SID(s) are not in sids.lock: run sr-compiler allocate`)
  return result.errors
}
