import type { ToolIo } from '@segchain/cli-kit'
import { type Snapshot, SnapshotBuilder } from '@segchain/path-engine'

/** Folds a topology stream; stdin when no file is named. */
export async function readTopology(io: Pick<ToolIo<never>, 'read'>, path: string | undefined): Promise<Snapshot> {
  const builder = new SnapshotBuilder()
  for await (const record of io.read(path, 'segchain.topology/1')) builder.add(record)
  return builder.build()
}
