import { hrtime } from 'node:process'
import type { ProxyEventRecord } from '@segchain/records'
import { SegchainError } from '@segchain/records'
import Type from 'typebox'
import { checkedBy } from '../config/check.js'
import type { Daemon } from '../daemon/daemon.js'
import { sessionsByInstance, showLabels, showServices, showSessions, showStats } from '../daemon/show.js'
import { ABI_VERSION } from '../layout/config.js'
import { Tables } from '../tables/schema.js'
import { metricsPage } from './metrics.js'

/** A request, as far as a route needs it. */
export interface ApiRequest {
  readonly method: string
  readonly path: readonly string[]
  readonly query: URLSearchParams
  readonly ifMatch?: string
  readonly body: unknown
}

export type ApiAnswer =
  | { readonly json: unknown }
  | { readonly text: string; readonly type: string }
  /** NDJSON, until it ends or the client goes. */
  | { readonly lines: (signal: AbortSignal) => AsyncIterable<object> }

const checkedTables = checkedBy(Tables, 'data', 'the tables')
const checkedState = checkedBy(
  Type.Object({ state: Type.Enum(['active', 'draining']) }, { additionalProperties: false }),
  'data',
  'the state of an instance',
)
/** Sessions that are quiet for so long no longer keep an instance from going. */
const IDLE_MS = 60_000

/** The API: docs/sr-proxy-operation.md has a line for each route. */
export async function answer(daemon: Daemon, version: string, request: ApiRequest): Promise<ApiAnswer> {
  const { method, path } = request
  const [first, second = '', ...rest] = path
  switch (`${method} ${first}`) {
    case 'GET info':
      return { json: info(daemon, version) }
    case 'GET tables':
      return { json: daemon.tablesOf(ownerName(second)) }
    case 'PUT tables':
      return { json: await putTables(daemon, ownerName(second), request) }
    case 'GET labels':
      return { lines: () => listed(showLabels(daemon)) }
    case 'GET services':
      return { lines: () => listed(services(daemon, request.query.has('sessions'))) }
    case 'PATCH services':
      return { json: await setInstance(daemon, [second, ...rest], request.body) }
    case 'GET sessions':
      return { lines: () => showSessions(daemon, { epochMs: Date.now(), monotonicMs: monotonicMs() }) }
    case 'GET stats':
      return { lines: () => listed(showStats(daemon)) }
    case 'GET watch':
      return { lines: (signal) => watch(daemon, signal) }
    case 'GET metrics':
      return { text: await metricsPage(daemon), type: 'text/plain; version=0.0.4; charset=utf-8' }
    default:
      throw new SegchainError({
        category: 'usage',
        code: 'NO_ROUTE',
        message: `there is no ${method} /${path.join('/')}`,
      })
  }
}

function info(daemon: Daemon, version: string) {
  const { image, plane } = daemon
  return {
    version,
    abi: ABI_VERSION,
    runtime: plane.runtime,
    generation: image.generation,
    owners: [...daemon.owners().keys()].map((owner) => ({ owner, digest: daemon.tablesOf(owner).digest })),
    interfaces: [...plane.attached()].map(([name, { role, mode }]) => ({ name, role, mode })),
    missing: image.missing,
    ...(plane.movingSessions === true ? { movingSessions: true } : {}),
    attachments: [...daemon.wanted.attachments.keys()],
  }
}

async function putTables(daemon: Daemon, owner: string, { query, ifMatch, body }: ApiRequest) {
  if (owner === 'config') {
    throw new SegchainError({
      category: 'rejected',
      code: 'OWNED_BY_ANOTHER',
      message: 'the tables of config come from the configuration file',
      hint: 'change the file, then systemctl reload sr-proxy',
    })
  }
  const tables = checkedTables(body)
  const changes = query.has('dryRun') ? await daemon.preview(owner, tables) : await daemon.put(owner, tables, ifMatch)
  return { changes, digest: daemon.tablesOf(owner).digest, generation: daemon.image.generation }
}

function services(daemon: Daemon, sessions: boolean) {
  if (!sessions) return showServices(daemon)
  return sessionsByInstance(daemon, monotonicMs(), IDLE_MS).then((counts) => showServices(daemon, counts))
}

/** `PATCH services/orange/cg/fw1 {"state":"draining"}`: the last part is the instance. */
async function setInstance(daemon: Daemon, path: readonly string[], body: unknown) {
  const { state } = checkedState(body)
  const service = path.slice(0, -1).join('/')
  const name = path.at(-1)
  for (const [owner, tables] of daemon.owners()) {
    const entry = tables.services?.find((one) => one.service === service)
    if (entry?.action !== 'forward' || !entry.instances.some((one) => one.name === name)) continue
    if (owner === 'config') {
      throw new SegchainError({
        category: 'rejected',
        code: 'OWNED_BY_ANOTHER',
        message: `${service} comes from the configuration file`,
        hint: 'set state: draining there, then systemctl reload sr-proxy',
      })
    }
    const instances = entry.instances.map((one) => (one.name === name ? { ...one, state } : one))
    const changed = tables.services?.map((one) => (one === entry ? { ...entry, instances } : one)) ?? []
    return { changes: await daemon.put(owner, { ...tables, services: changed }) }
  }
  throw new SegchainError({
    category: 'usage',
    code: 'NO_INSTANCE',
    message: `there is no instance ${name} of ${service}`,
  })
}

async function* listed<T extends object>(list: Promise<readonly T[]>): AsyncGenerator<T> {
  yield* await list
}

/** So many events a slow reader may be behind; of more it is told the number. */
const MOST_BEHIND = 10_000

/** Events from the call of `next` on. Exported for its test. */
export async function* watch(
  daemon: Pick<Daemon, 'on' | 'off'>,
  signal: AbortSignal,
  mostBehind = MOST_BEHIND,
): AsyncGenerator<ProxyEventRecord> {
  const waiting: ProxyEventRecord[] = []
  let wake = (): void => undefined
  let number = 0
  let missed = 0
  const record = (event: ProxyEventRecord['event'], fields: object): ProxyEventRecord => ({
    kind: 'proxy-event',
    id: `event:${process.pid}:${number++}`,
    time: new Date().toISOString(),
    event,
    ...fields,
  })
  const handlers = (['applied', 'interface', 'held', 'released'] as const).map((event) => {
    const handler = (fields: object): void => {
      if (waiting.length < mostBehind) waiting.push(record(event, fields))
      else missed++
      wake()
    }
    daemon.on(event, handler)
    return () => daemon.off(event, handler)
  })
  signal.addEventListener('abort', () => wake())
  try {
    while (!signal.aborted) {
      const next = waiting.shift()
      if (next !== undefined) yield next
      else if (missed > 0) {
        const events = missed
        missed = 0
        yield record('missed', { events })
      } else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  } finally {
    for (const off of handlers) off()
  }
}

function ownerName(text: string): string {
  if (/^[a-z0-9][a-z0-9._-]{0,63}$/.test(text)) return text
  throw new SegchainError({
    category: 'usage',
    code: 'OWNER',
    message: `${JSON.stringify(text)} is no owner of tables`,
  })
}

function monotonicMs(): number {
  return Number(hrtime.bigint() / 1_000_000n)
}
