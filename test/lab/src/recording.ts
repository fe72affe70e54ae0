import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildGraph, type Graph, igpInstancesOf, type Snapshot, snapshotOf } from '@segchain/path-engine'
import { FLEX_ALGO, type Lab } from './lab.js'
import { type BackupRoute, readBackupRoutes } from './read/backup-routes.js'
import { readIsisDatabase } from './read/isis-database.js'
import { type KernelRow, readKernelTable } from './read/kernel-table.js'
import { readPathMetrics } from './read/path-metrics.js'
import { type ProbeResult, readProbe } from './read/probe.js'

/** What a run of a lab wrote down. */
export interface Recording {
  readonly lab: Lab
  /** FRR, kernel and iproute2. */
  readonly versions: string
  readonly snapshot: Snapshot
  readonly graph: Graph
  /** By router name. */
  readonly tables: ReadonlyMap<string, readonly KernelRow[]>
  /** By router name; of algorithm 0 and of the Flex-Algo together. */
  readonly backups: ReadonlyMap<string, readonly BackupRoute[]>
  /** By router name and algorithm: what FRR pays for each prefix. */
  readonly metrics: ReadonlyMap<string, ReadonlyMap<number, ReadonlyMap<string, number>>>
  readonly probes: readonly ProbeResult[]
}

/** The files of one run that the checks read. */
export const FILES = {
  shared: ['versions.txt', 'bgpls.pcap', 'database.txt'],
  router: ['mpls-route.json', 'backup.txt', 'backup-128.txt'],
}

export function readRecording(lab: Lab, folder: string): Recording {
  const read = (...path: string[]): string => readFileSync(join(folder, ...path), 'utf8')
  const names = lab.routers.map(({ number }) => `r${number}`)
  const { nodes, links, prefixes } = readIsisDatabase(read('database.txt'))
  const snapshot = snapshotOf([...nodes, ...links, ...prefixes])
  const [instance] = igpInstancesOf(snapshot)
  if (instance === undefined) throw new Error(`the recording of ${lab.name} has no IS-IS database`)
  return {
    lab,
    versions: read('versions.txt'),
    snapshot,
    graph: buildGraph(snapshot, instance),
    tables: new Map(names.map((name) => [name, readKernelTable(read(name, 'mpls-route.json'))])),
    backups: new Map(
      names.map((name) => [
        name,
        [
          ...readBackupRoutes(read(name, 'backup.txt'), 0),
          ...readBackupRoutes(read(name, `backup-${FLEX_ALGO}.txt`), FLEX_ALGO),
        ],
      ]),
    ),
    metrics: new Map(
      names.map((name) => [
        name,
        new Map([
          [0, readPathMetrics(read(name, 'backup.txt'))],
          [FLEX_ALGO, readPathMetrics(read(name, `backup-${FLEX_ALGO}.txt`))],
        ]),
      ]),
    ),
    probes: lab.probes.map((_, i) => readProbe(read(`probe-${i + 1}.txt`))),
  }
}
