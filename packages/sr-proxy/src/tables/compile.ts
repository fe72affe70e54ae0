import { encodeConfig } from '../layout/config.js'
import { encodeL2 } from '../layout/l2.js'
import { buildAttachments, portEntries, withLingering } from './attachments.js'
import { Build } from './build.js'
import { buildFirewalls } from './firewalls.js'
import type { Ids } from './ids.js'
import type { Host, Image, MirrorDevices, Names, Port, Settings } from './image.js'
import { buildLabels } from './labels.js'
import type { Wanted } from './merge.js'
import { buildServices } from './services.js'

/**
 * What is wanted, on this host as it is now, as entries of the tables. Pure: `ids` remembers what it gave.
 *
 * @param lingering ports of earlier images: packets that are inside a VNF come back by them
 * @throws {SegchainError} `rejected` or `data`: the tables would contradict themselves, or are too small
 */
export function compileTables(
  wanted: Wanted,
  settings: Settings,
  host: Host,
  ids: Ids,
  generation: number,
  lingering: readonly Port[] = [],
): Image {
  const build = new Build(wanted, settings, host, ids, generation)
  for (const [name, hop] of wanted.nextHops) {
    const id = build.nextHop(name, '')
    const l2 = build.l2(hop)
    build.put('nexthops', id, encodeL2(l2 ?? { tx: 0, mtu: 0, vlan: 0, destination: hop.mac, source: hop.mac }))
  }
  const mirrors = buildMirrors(build)
  const ports = withLingering(buildAttachments(build), lingering)
  const labels = buildLabels(build, buildFirewalls(build))
  const services = buildServices(build)
  const hop = (name: string | undefined): number => (name === undefined ? 0 : build.nextHop(name, 'the configuration'))
  const config = encodeConfig({
    generation,
    passUnknown: settings.unknownLabels === 'pass',
    defaultNextHop: hop(settings.defaultNextHop),
    endNextHop: hop(settings.endNextHop),
    icmpPerSecond: settings.icmpPerSecond,
    ...(settings.sessionLines === undefined ? {} : { sessionLines: settings.sessionLines }),
  })
  return {
    generation,
    generational: { labels, ports: portEntries(build, ports), services },
    ports,
    arrays: build.arrays(),
    mirrors,
    config,
    returnInterfaces: [...new Set(ports.map((port) => port.interface))].sort(),
    missing: [...build.missing].sort(),
    names: namesOf(build),
  }
}

function buildMirrors(build: Build): MirrorDevices[] {
  return [...build.wanted.mirrors].map(([name, mirror]) => {
    const id = build.ids.id('mirror', name)
    const via = build.interface(mirror.via)
    const to = build.interface(mirror.to)
    const source = via?.mac ?? mirror.mac
    build.put('mirror_l2', id, encodeL2({ tx: 0, mtu: 0, vlan: 0, destination: mirror.mac, source }))
    return { id, interfaces: [via, to].flatMap((one) => (one === undefined ? [] : [one.index])) }
  })
}

function namesOf(build: Build): Names {
  const { ids, wanted } = build
  const reversed = (kind: Parameters<Ids['id']>[0], names: Iterable<string>): Map<number, string> =>
    new Map([...names].map((name) => [ids.id(kind, name), name] as const))
  const scopes = [...wanted.attachments].flatMap(([name, at]) => {
    const port = at.return ?? ('host' in at ? undefined : at.interface)
    if (port === undefined) return []
    const vlan = 'host' in at ? undefined : at.vlan
    return [[ids.id('scope', vlan === undefined ? port : `${port}.${vlan}`), name] as const]
  })
  const instances = wanted.services.flatMap((entry) =>
    entry.action === 'forward' ? entry.instances.map(({ name }) => `${entry.service} ${name}`) : [],
  )
  const asked = wanted.labels.flatMap((entry) => (entry.action === 'service' ? [entry.service] : []))
  return {
    vnfs: new Map([...wanted.attachments.keys()].map((name) => [build.vnf(name, ''), name] as const)),
    instances: reversed('instance', instances),
    scopes: new Map(scopes),
    services: reversed('serviceName', asked),
    labelCounters: new Map(wanted.labels.map(({ label }) => [label, ids.id('labelCounter', String(label))] as const)),
    serviceCounters: new Map(
      wanted.services.map(({ service }) => [service, ids.id('serviceCounter', service)] as const),
    ),
  }
}
