import type { AdjacencySid, LinkRecord, NodeRecord, PrefixRecord } from '@segchain/records'
import { type Block, bits, blocksOf, hex, matchAll, numbersIn } from './indented.js'

type Database = { nodes: NodeRecord[]; links: LinkRecord[]; prefixes: PrefixRecord[] }

const owner = { protocol: 'isis-l1', instanceId: '0' } as const
const idOf = (systemId: string): string => `isis-l1:0::${systemId}`

/** `r3.00-00` is what FRR calls the system 0000.0000.0003: the lab names its routers so. */
function systemIdOf(name: string): string {
  const [, number = '', pseudonode = '00'] = /^r(\d+)\.([0-9a-f]{2})/.exec(name) ?? []
  const system = `0000.0000.${number.padStart(4, '0')}`
  return pseudonode === '00' ? system : `${system}.${pseudonode}`
}

/** `0000.0000.0004.02` of a reachability, without the byte of a router. */
function neighborId(text: string): string {
  return text.endsWith('.00') ? text.slice(0, -3) : text
}

/**
 * The output of FRR's `show isis database detail` as topology records, with the ids that the collector
 * gives them. It has what FRR's BGP-LS leaves out: adjacency-SIDs, algorithms and their prefix-SIDs, FADs,
 * ASLA, pseudonodes.
 */
export function readIsisDatabase(text: string): Database {
  const database: Database = { nodes: [], links: [], prefixes: [] }
  const parts = text.split(/^(?=r\d+\.[0-9a-f]{2}-00 )/m).slice(1)
  for (const part of parts) {
    const name = part.slice(0, part.indexOf(' '))
    const systemId = systemIdOf(name)
    const blocks = blocksOf(part.slice(part.indexOf('\n') + 1))
    database.nodes.push(nodeOf(systemId, name, blocks))
    for (const block of blocks) {
      const reach = /^Extended Reachability: (\S+) \(Metric: (\d+)\)/.exec(block.text)
      if (reach !== null) database.links.push(linkOf(systemId, neighborId(reach[1] ?? ''), Number(reach[2]), block))
      const prefix = /^(?:Extended IP|IPv6) Reachability: (\S+) \(Metric: (\d+)\)/.exec(block.text)
      if (prefix !== null) database.prefixes.push(prefixOf(systemId, prefix[1] ?? '', Number(prefix[2]), block))
    }
  }
  return database
}

function nodeOf(systemId: string, name: string, blocks: readonly Block[]): NodeRecord {
  const node = { kind: 'node' as const, id: idOf(systemId), ...owner, routerId: systemId }
  if (!name.includes('.00-')) return { ...node, pseudonode: true }
  const capability = blocks.find((block) => block.text.startsWith('Router Capability'))
  const line = (start: string) => capability?.children.find((child) => child.text.startsWith(start))
  const [base = 0, range = 0] = numbersIn(line('Segment Routing')?.text.split('Global Block')[1] ?? '')
  const [localBase = 0, localRange = 0] = numbersIn(line('SR Local Block')?.text ?? '')
  const algorithms = (line('SR Algorithm')?.children ?? []).map((child) => Number.parseInt(child.text, 10))
  const definitions = (capability?.children ?? []).filter((child) => child.text.startsWith('Flex-Algo Definition'))
  return {
    ...node,
    name: name.slice(0, name.indexOf('.')),
    srgb: [{ first: base, size: range }],
    srlb: [{ first: localBase, size: localRange }],
    algorithms,
    ...(definitions.length === 0 ? {} : { flexAlgoDefinitions: definitions.map(definitionOf) }),
  }
}

function definitionOf(block: Block) {
  const value = (name: string): string =>
    block.children
      .find((child) => child.text.startsWith(`${name}:`))
      ?.text.slice(name.length + 1)
      .trim() ?? ''
  const colours = (name: string): number[] => (value(name).startsWith('0x') ? bits(value(name)) : [])
  return {
    algorithm: Number(numbersIn(block.text)[0]),
    metricType: Number(value('Metric-Type')),
    calculationType: Number(value('Calc-Type')),
    priority: Number(value('Priority')),
    excludeAny: colours('Exclude-Any'),
    includeAny: colours('Include-Any'),
    includeAll: colours('Include-All'),
    flags: value('M-Flag') === '1' ? ['prefix-metric'] : [],
  }
}

function linkOf(systemId: string, neighbor: string, metric: number, block: Block): LinkRecord {
  const addresses = (which: string): string[] =>
    block.children.flatMap((child) =>
      matchAll(child.text, new RegExp(`^${which} Interface IP(?:v6)? Address\\(es\\): (\\S+)`)),
    )
  const local = addresses('Local')
  const remote = addresses('Remote')
  const descriptor = local.length === 0 ? '' : `;if=${local.join('+')};nbr=${remote.join('+')}`
  const colours = block.children.find((child) => child.text.startsWith('Ext Admin Group'))
  const asla = block.children.find((child) => child.text.startsWith('Application Specific'))
  const ours = asla?.children.find((child) => child.text.startsWith('Ext Admin Group'))
  const delay = matchAll(block.children.map((child) => child.text).join('\n'), /^Normal Average Link Delay: (\d+)/m)[0]
  const sids = adjacencySids(block)
  return {
    kind: 'link',
    id: `${idOf(systemId)}>:${neighbor}${descriptor}`,
    ...owner,
    localNode: idOf(systemId),
    remoteNode: idOf(neighbor),
    ...(local.length === 0 ? {} : { localAddresses: local, remoteAddresses: remote }),
    igpMetric: metric,
    ...(delay === undefined ? {} : { delayUs: Number(delay) }),
    ...(colours === undefined ? {} : { extendedAdminGroups: bits(hex(colours.text)) }),
    ...(ours === undefined
      ? {}
      : {
          applicationSpecific: [
            { applications: ['flex-algo'], attributes: { extendedAdminGroups: bits(hex(ours.text)) } },
          ],
        }),
    ...(sids.length === 0 ? {} : { adjacencySids: sids }),
  }
}

function adjacencySids(block: Block): AdjacencySid[] {
  return block.children.flatMap((child, i) => {
    const [, lan, label, weight, flags = ''] =
      /^(Lan-)?Adjacency-SID: (\d+), Weight: (\d+), Flags: (.*)$/.exec(child.text) ?? []
    if (label === undefined) return []
    const neighbor = lan === undefined ? undefined : /^Neighbor-ID: (\S+)/.exec(block.children[i + 1]?.text ?? '')?.[1]
    const named = { F: 'ipv6', B: 'backup', V: 'value', L: 'local', S: 'set', P: 'persistent' }
    const set = Object.entries(named).flatMap(([letter, name]) => (flags.includes(`${letter}:1`) ? [name] : []))
    return [
      { label: Number(label), weight: Number(weight), flags: set, ...(neighbor === undefined ? {} : { neighbor }) },
    ]
  })
}

function prefixOf(systemId: string, prefix: string, metric: number, block: Block): PrefixRecord {
  const texts = block.children.flatMap((child) => [child.text, ...child.children.map((grandchild) => grandchild.text)])
  const prefixSids = texts.flatMap((text) => {
    const [, index, algorithm, flags = ''] =
      /^SR Prefix-SID Index: (\d+), Algorithm: (\d+), Flags: (.*)$/.exec(text) ?? []
    if (index === undefined) return []
    // FRR prints PHP when the flag P (no-PHP) is unset.
    const printed = {
      READVERTISED: 'readvertisement',
      NODE: 'node',
      'NO-PHP': 'no-php',
      'EXPLICIT-NULL': 'explicit-null',
    }
    const words = flags.trim().split(/ +/)
    const set = Object.entries(printed).flatMap(([word, flag]) => (words.includes(word) ? [flag] : []))
    return [{ algorithm: Number(algorithm), index: Number(index), flags: set }]
  })
  return {
    kind: 'prefix',
    id: `${prefix}@${idOf(systemId)}`,
    ...owner,
    node: idOf(systemId),
    prefix,
    metric,
    ...(prefixSids.length === 0 ? {} : { prefixSids }),
  }
}
