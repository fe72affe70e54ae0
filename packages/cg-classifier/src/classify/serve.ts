import type { Logger } from '@segchain/cli-kit'
import type { Model } from '../model/load.js'
import { fromWire } from '../report/wire.js'
import { parseEndpoint } from '../udp/endpoint.js'
import { listen } from '../udp/listen.js'
import { LineSender } from '../udp/sender.js'
import { Batcher } from './batcher.js'
import { classificationOf, classificationToWire } from './classification.js'

export interface ServeClassifyOptions {
  readonly model: Model
  readonly batch: number
  readonly maxWaiting: number
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
  const counts = { classified: 0, 'cloud-gaming': 0, malformed: 0 }
  const batcher = new Batcher(model, {
    batch: options.batch,
    maxWaiting: options.maxWaiting,
    onScore(report, score) {
      counts.classified++
      counts['cloud-gaming'] += Number(score >= model.threshold)
      target?.send(classificationToWire(classificationOf(report, score, model.threshold)))
    },
  })
  await listen({
    endpoint: parseEndpoint(options.listenOn),
    signal,
    onListening: ({ address, port }) => log.info(`classify: listening on ${address}:${port}, model ${model.digest}`),
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
    `classify: ${JSON.stringify({ ...counts, 'dropped-late': batcher.dropped, 'not-sent': target?.failed ?? 0 })}`,
  )
}
