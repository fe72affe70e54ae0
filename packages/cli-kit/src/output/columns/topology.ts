import type { AdjacencySid, PrefixSid } from '@segchain/records'
import type { RenderedRecord } from '../renderer.js'
import { type Column, field, right, wide } from './column.js'
import { labelRanges } from './label-ranges.js'

const sids = (record: RenderedRecord): string =>
  ((record.prefixSids ?? []) as readonly PrefixSid[])
    .map((sid) => `${sid.label ?? `#${sid.index}`}${sid.algorithm === 0 ? '' : `/algo ${sid.algorithm}`}`)
    .join(' ')

const adjacencySids = (record: RenderedRecord): string =>
  ((record.adjacencySids ?? []) as readonly AdjacencySid[]).map((sid) => sid.label ?? `#${sid.index}`).join(' ')

export const topologyColumns: Readonly<Record<string, readonly Column[]>> = {
  node: [
    field('name'),
    field('routerId', 'router-id'),
    field('protocol'),
    { title: 'SRGB', value: (record) => labelRanges(record.srgb) },
    field('algorithms'),
    { title: 'SRLB', value: (record) => labelRanges(record.srlb), ...wide },
    field('routerIds', 'addresses', wide),
    field('flags', 'flags', wide),
    field('id', 'id', wide),
  ],
  link: [
    { title: 'from', value: (record) => shortNode(record.localNode) },
    { title: 'to', value: (record) => shortNode(record.remoteNode) },
    field('localAddresses', 'address'),
    field('igpMetric', 'metric', right),
    field('teMetric', 'TE', right),
    field('minDelayUs', 'min delay µs', right),
    { title: 'groups', value: (record) => record.extendedAdminGroups ?? record.adminGroups },
    { title: 'adjacency-SIDs', value: adjacencySids },
    field('srlgs', 'SRLGs', wide),
    field('id', 'id', wide),
  ],
  prefix: [
    field('prefix'),
    { title: 'node', value: (record) => shortNode(record.node) },
    field('metric', 'metric', right),
    { title: 'SIDs', value: sids },
    field('attributeFlags', 'flags', wide),
    field('id', 'id', wide),
  ],
  session: [field('peer'), field('state'), field('reason')],
}

/** `isis-l1:0:65000:0000.0000.0001;area=…` → its router-id: what people call the node. */
function shortNode(id: unknown): unknown {
  return typeof id === 'string' ? (/^(?:[^:;]*:){3}([^;]+)/.exec(id)?.[1] ?? id) : id
}
