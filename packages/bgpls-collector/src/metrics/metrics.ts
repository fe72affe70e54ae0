import type { TopologyEvent } from '../rib/rib.js'

/** What a metrics page says; counters only grow. */
export interface MetricsState {
  readonly sessionsUp: number
  readonly peersSynced: number
  /** Objects in the topology by kind. */
  readonly objects: Readonly<Record<string, number>>
  /** Records that wait to be written: how far the reader of the stream is behind. */
  readonly waiting: number
}

/** Counts what goes by, and writes the page (Prometheus text format 0.0.4). */
export class Metrics {
  readonly #events = new Map<string, number>()
  readonly #problems = new Map<string, number>()
  readonly #unknown = new Map<number, number>()
  readonly #statistics = new Map<string, Readonly<Record<string, string>>>()

  event(event: TopologyEvent | { readonly kind: 'session' | 'sync' }): void {
    count(this.#events, event.kind)
    if (!('unknown' in event)) return
    for (const { code } of event.unknown ?? []) count(this.#unknown, code)
  }

  /** BMP counters of a peer; none: it is gone. */
  statistics(source: string, counters: Readonly<Record<string, string>>): void {
    if (Object.keys(counters).length === 0) this.#statistics.delete(source)
    else if (this.#statistics.size < MAX_MONITORED || this.#statistics.has(source)) {
      this.#statistics.set(source, counters)
    }
  }

  problem(treatment: string): void {
    count(this.#problems, treatment)
  }

  page(state: MetricsState): string {
    return [
      metric('sessions_up', 'gauge', 'BGP sessions that are established', [['', state.sessionsUp]]),
      metric('peers_synced', 'gauge', 'peers whose initial dump is complete', [['', state.peersSynced]]),
      metric('objects', 'gauge', 'objects in the topology', labelled('kind', Object.entries(state.objects))),
      metric('records_waiting', 'gauge', 'records that the reader of the stream has not taken yet', [
        ['', state.waiting],
      ]),
      metric('events_total', 'counter', 'records by kind', labelled('kind', this.#events)),
      metric('problems_total', 'counter', 'findings by treatment', labelled('treatment', this.#problems)),
      metric('unknown_tlvs_total', 'counter', 'TLVs without a decoder', labelled('code', this.#unknown)),
      metric('bmp_statistic', 'gauge', 'what BMP routers count of their peers, by IANA type', this.#monitored()),
    ].join('')
  }

  #monitored(): [string, string][] {
    return [...this.#statistics].flatMap(([peer, counters]) =>
      Object.entries(counters).map(([type, value]): [string, string] => [
        `{peer="${escaped(peer)}",type="${escaped(type)}"}`,
        value,
      ]),
    )
  }
}

/** More peers than this are not counted apart. */
const MAX_MONITORED = 10_000

/** As a label of the Prometheus text format has it. */
function escaped(text: string): string {
  return text.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`))
}

function count<Key>(map: Map<Key, number>, key: Key): void {
  map.set(key, (map.get(key) ?? 0) + 1)
}

function labelled(name: string, entries: Iterable<readonly [string | number, number]>): [string, number][] {
  return [...entries].map(([key, value]) => [`{${name}="${key}"}`, value])
}

function metric(
  name: string,
  type: 'gauge' | 'counter',
  help: string,
  samples: readonly (readonly [string, number | string])[],
): string {
  const full = `segchain_bgpls_${name}`
  const lines = samples.map(([labels, value]) => `${full}${labels} ${value}\n`)
  return `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${lines.join('')}`
}
