import { readFileSync } from 'node:fs'
import { topologyFile } from './lab.js'

const node = (number: number) => `node:isis-l1/0:0000.0000.000${number}`
const structure = (functionBits: number) => ({
  locatorBlockBits: 32,
  locatorNodeBits: 16,
  functionBits,
  argumentBits: 80 - functionBits,
})

/**
 * The topology of the fixture with SRv6: node N has the End micro-SID fcbb:bb00:N::, and for its link to M the End.X
 * micro-SID fcbb:bb00:N:e00M::. `metrics`: other IGP metrics of links, both ways, by their ends: { '46': 100 }.
 */
export function srv6LabText(metrics: Readonly<Record<string, number>> = {}): string {
  const records = readFileSync(topologyFile, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const own = [1, 2, 3, 4, 5, 6].map((number) => ({
    kind: 'srv6-sid',
    id: `srv6-sid:${number}`,
    protocol: 'isis-l1',
    instanceId: '0',
    node: node(number),
    sid: `fcbb:bb00:${number}::`,
    behavior: 48,
    algorithm: 0,
    structure: structure(0),
  }))
  const end = { behavior: 57, flags: [], algorithm: 0, weight: 0, structure: structure(16) }
  const linked = records.map((record) => {
    if (record.kind !== 'link') return record
    const [from, to] = [record.localNode.slice(-1), record.remoteNode.slice(-1)]
    return {
      ...record,
      igpMetric: metrics[`${from}${to}`] ?? metrics[`${to}${from}`] ?? record.igpMetric,
      srv6EndXSids: [{ ...end, sid: `fcbb:bb00:${from}:e00${to}::` }],
    }
  })
  return `${[...linked, ...own].map((record) => JSON.stringify(record)).join('\n')}\n`
}
