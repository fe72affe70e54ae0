import type {
  ProxyCounterRecord,
  ProxyInstance,
  ProxyLabelRecord,
  ProxyServiceRecord,
  ProxySessionRecord,
} from '@segchain/records'
import { dropReasons } from '../drop-reasons.js'
import { type Counter, sumCounters } from '../layout/counter.js'
import { decodeSession } from '../layout/session.js'
import { u32 } from '../layout/struct.js'
import type { Plane } from '../plane/plane.js'
import type { Instance, LabelEntry, Tables } from '../tables/schema.js'
import type { Daemon } from './daemon.js'
import { stats } from './stats.js'

const NOTHING = { packets: '0', bytes: '0' }
const COUNTER = 16

/** The label table with its counters, by label. */
export async function showLabels(daemon: Daemon): Promise<ProxyLabelRecord[]> {
  const owners = ownersOf(
    daemon,
    (tables) => tables.labels ?? [],
    ({ label }) => String(label),
  )
  const records = daemon.wanted.labels.map(async (entry): Promise<ProxyLabelRecord> => {
    const counter = daemon.image.names.labelCounters.get(entry.label)
    return {
      kind: 'proxy-label',
      id: `label:${entry.label}`,
      label: entry.label,
      action: entry.action,
      ...targetOf(entry),
      owner: owners.get(String(entry.label)) ?? '',
      ...(await counterAt(daemon.plane, 'label_counters', counter)),
    }
  })
  return (await Promise.all(records)).sort((a, b) => a.label - b.label)
}

/** The service table with its instances. @param sessions by number of the instance, where they were counted */
export async function showServices(
  daemon: Daemon,
  sessions?: ReadonlyMap<number, number>,
): Promise<ProxyServiceRecord[]> {
  const { wanted, image, plane } = daemon
  const owners = ownersOf(
    daemon,
    (tables) => tables.services ?? [],
    ({ service }) => service,
  )
  const numbers = new Map([...image.names.instances].map(([id, name]) => [name, id] as const))
  const instance = async (service: string, one: Instance): Promise<ProxyInstance> => {
    const id = numbers.get(`${service} ${one.name}`) ?? 0
    const state = (await plane.table('instances').get(u32(id)))?.[0] === 0 ? 'missing' : (one.state ?? 'active')
    const count = sessions === undefined ? {} : { sessions: sessions.get(id) ?? 0 }
    const at = 'vnf' in one ? one.vnf : one.nextHop
    const counter = await counterAt(plane, 'instance_counters', id)
    return { name: one.name, state, weight: one.weight ?? 1, at, ...counter, ...count }
  }
  return Promise.all(
    wanted.services.map(async (entry): Promise<ProxyServiceRecord> => {
      const instances =
        entry.action === 'forward'
          ? { instances: await Promise.all(entry.instances.map((one) => instance(entry.service, one))) }
          : {}
      return {
        kind: 'proxy-service',
        id: `service:${entry.service}`,
        service: entry.service,
        action: entry.action,
        owner: owners.get(entry.service) ?? '',
        ...(await counterAt(plane, 'service_counters', image.names.serviceCounters.get(entry.service))),
        ...instances,
      }
    }),
  )
}

/** Every session, as the data plane has it now. @param now milliseconds since 1970 and of CLOCK_MONOTONIC */
export async function* showSessions(
  daemon: Daemon,
  now: { readonly epochMs: number; readonly monotonicMs: number },
): AsyncGenerator<ProxySessionRecord> {
  const { names } = daemon.image
  for await (const { key, value } of daemon.plane.sessions()) {
    const session = decodeSession(key, value)
    if (session.kind === 'unknown') continue
    const isService = session.kind === 'service'
    const service = isService ? names.services.get(session.scope) : undefined
    const attachment = isService ? undefined : names.scopes.get(session.scope)
    const instance = names.instances.get(session.instance)?.split(' ')[1]
    const ageMs = Math.max(0, now.monotonicMs - session.seenS * 1000)
    yield {
      kind: 'proxy-session',
      id: `session:${key.toString('hex')}`,
      sourceAddress: session.sourceAddress,
      sourcePort: session.sourcePort,
      destinationAddress: session.destinationAddress,
      destinationPort: session.destinationPort,
      protocol: session.protocol,
      type: session.kind,
      label: session.label,
      ...(attachment === undefined ? {} : { attachment }),
      ...(service === undefined ? {} : { service }),
      ...(instance === undefined ? {} : { instance }),
      stack: [...session.stack],
      lastSeen: new Date(now.epochMs - ageMs).toISOString(),
    }
  }
}

/** How many sessions stay with each instance; of those that were quiet for longer than `idleMs` none. */
export async function sessionsByInstance(
  daemon: Daemon,
  monotonicMs: number,
  idleMs: number,
): Promise<Map<number, number>> {
  const counts = new Map<number, number>()
  for await (const { key, value } of daemon.plane.sessions()) {
    const session = decodeSession(key, value)
    if (session.kind !== 'service' || monotonicMs - session.seenS * 1000 > idleMs) continue
    counts.set(session.instance, (counts.get(session.instance) ?? 0) + 1)
  }
  return counts
}

/** Totals, drops by reason, packets to and from each VNF. */
export async function showStats(daemon: Daemon): Promise<ProxyCounterRecord[]> {
  const { plane, image, held } = daemon
  const record = (
    group: ProxyCounterRecord['group'],
    name: string,
    counter: { packets: string; bytes: string },
  ): ProxyCounterRecord => ({
    kind: 'proxy-counter',
    id: `${group}:${name}`,
    group,
    name,
    ...counter,
  })
  const totals = stats.map(async (name, index) => record('total', name, await counterAt(plane, 'stats', index)))
  const drops = dropReasons.map(async (name, index) => record('drop', name, await counterAt(plane, 'drops', index)))
  const vnfs = [...image.names.vnfs].flatMap(([id, name]) => [
    counterAt(plane, 'vnf_counters', id, 0, 2 * COUNTER).then((counter) => record('to-vnf', name, counter)),
    counterAt(plane, 'vnf_counters', id, COUNTER, 2 * COUNTER).then((counter) => record('from-vnf', name, counter)),
  ])
  return [
    ...(await Promise.all([...totals, ...drops, ...vnfs])),
    record('daemon', 'held-now', { packets: String(held.count), bytes: '0' }),
    record('daemon', 'held-given-up', { packets: String(held.dropped), bytes: '0' }),
  ]
}

async function counterAt(
  plane: Plane,
  table: string,
  index: number | undefined,
  offset = 0,
  size = COUNTER,
): Promise<{ packets: string; bytes: string }> {
  const value = index === undefined ? undefined : await plane.table(table).get(u32(index))
  return value === undefined ? NOTHING : text(sumCounters(value, size, offset))
}

function text({ packets, bytes }: Counter): { packets: string; bytes: string } {
  return { packets: String(packets), bytes: String(bytes) }
}

function targetOf(entry: LabelEntry): { target?: string; service?: string } {
  const service = 'service' in entry && entry.service !== undefined ? { service: entry.service } : {}
  switch (entry.action) {
    case 'dynamic':
    case 'static':
      return { target: entry.vnf, ...service }
    case 'service':
      return { target: entry.service, ...service }
    case 'firewall':
      return { target: entry.set }
    case 'mirror':
      return { target: entry.mirror }
    case 'forward':
      return { target: `${entry.nextHop} ${entry.out}` }
    default:
      return {}
  }
}

function ownersOf<T>(
  daemon: Daemon,
  list: (tables: Tables) => readonly T[],
  key: (entry: T) => string,
): Map<string, string> {
  return new Map(
    [...daemon.owners()].flatMap(([owner, tables]) => list(tables).map((entry) => [key(entry), owner] as const)),
  )
}
