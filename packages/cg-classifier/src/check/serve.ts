import type { Logger } from '@segchain/cli-kit'
import { sessionOf } from '../features/session-key.js'
import { toWire } from '../report/wire.js'
import { endpointText, parseEndpoint } from '../udp/endpoint.js'
import { listen } from '../udp/listen.js'
import { LineSender } from '../udp/sender.js'
import type { Checker } from './checker.js'
import { spread } from './spread.js'

export interface ServeCheckOptions {
  readonly checker: Checker
  readonly listenOn: string
  readonly forward: readonly string[]
  readonly datagramBytes: number
  readonly wire: boolean
  readonly signal: AbortSignal
  readonly log: Logger
}

/** The check VNF as a UDP service, until the signal. A good report goes on as it came, unless `--wire` asks otherwise. */
export async function serveCheck(options: ServeCheckOptions): Promise<void> {
  const { checker, signal, log, wire } = options
  const targets = options.forward.map((text) => new LineSender(parseEndpoint(text), options.datagramBytes))
  const heard = await listen({
    endpoint: parseEndpoint(options.listenOn),
    signal,
    onListening: (endpoint) => log.info(`check: listening on ${endpointText(endpoint)}`),
    onLine(line, sender) {
      const report = checker.datagram(line, sender, performance.now() / 1000)
      if (typeof report !== 'object') return
      targets[targets.length < 2 ? 0 : spread(sessionOf(report), targets.length)]?.send(wire ? toWire(report) : line)
    },
  })
  await Promise.all(targets.map((target) => target.close()))
  log.info(
    `check: ${JSON.stringify({ ...checker.counts, ...heard, 'not-sent': targets.reduce((sum, t) => sum + t.failed, 0) })}`,
  )
}
