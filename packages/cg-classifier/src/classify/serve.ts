import type { Logger } from '@segchain/cli-kit'
import { toSegchainError } from '@segchain/records'
import type { Model } from '../model/load.js'
import { fromWire } from '../report/wire.js'
import { endpointText, parseEndpoint } from '../udp/endpoint.js'
import { listen } from '../udp/listen.js'
import { LineSender } from '../udp/sender.js'
import { Batcher } from './batcher.js'
import { classificationWire } from './classification.js'

export interface ServeClassifyOptions {
  readonly model: Model
  readonly batch: number
  readonly maxWaiting: number
  readonly maxDelayMs: number
  readonly listenOn: string
  readonly forward?: string
  readonly datagramBytes: number
  readonly signal: AbortSignal
  readonly log: Logger
}

/** The classify VNF as a UDP service, until the signal. */
export async function serveClassify(options: ServeClassifyOptions): Promise<void> {
  const { model, signal, log } = options
  const target =
    options.forward === undefined ? undefined : new LineSender(parseEndpoint(options.forward), options.datagramBytes)
  const counts = { classified: 0, 'cloud-gaming': 0, malformed: 0, failed: 0 }
  const onFailure = (error: unknown, reports: number) => {
    if (counts.failed === 0) log.error(toSegchainError(error))
    counts.failed += reports
  }
  const batcher = new Batcher(model, {
    batch: options.batch,
    maxWaiting: options.maxWaiting,
    maxDelayMs: options.maxDelayMs,
    clock: () => performance.now(),
    onFailure,
    onScore(report, score) {
      counts.classified++
      counts['cloud-gaming'] += Number(score >= model.threshold)
      target?.send(classificationWire(report, score, model.threshold))
    },
  })
  const heard = await listen({
    endpoint: parseEndpoint(options.listenOn),
    signal,
    onListening: (endpoint) => log.info(`classify: listening on ${endpointText(endpoint)}, model ${model.digest}`),
    onLine(line) {
      try {
        batcher.add(fromWire(JSON.parse(line)))
      } catch {
        counts.malformed++
      }
    },
  })
  await batcher.drain()
  await target?.close()
  log.info(
    `classify: ${JSON.stringify({ ...counts, ...heard, 'dropped-late': batcher.dropped, 'not-sent': target?.failed ?? 0 })}`,
  )
}
