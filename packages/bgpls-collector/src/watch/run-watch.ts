import { deferred } from '../deferred.js'
import { ProblemReport } from '../report-problem.js'
import { BmpStation } from '../session/bmp-station.js'
import { Collector } from '../session/collector.js'
import type { CollectorListener, CollectorOptions } from '../session/collector-options.js'
import type { Endpoint } from '../session/endpoint.js'
import { endpointText } from '../session/endpoint.js'
import { draw, plain } from './screen.js'
import { Watched } from './watched.js'

/** What of a command's world the watching needs. */
export interface WatchIo {
  readonly signal: AbortSignal
  readonly colour: boolean
  text(text: string): Promise<void>
}

/** The terminal: its size and its keys. */
export interface Terminal {
  readonly columns?: number
  readonly rows?: number
  on(event: 'resize', listener: () => void): void
  off(event: 'resize', listener: () => void): void
}

export interface Keys {
  readonly isTTY?: boolean
  setRawMode?(raw: boolean): unknown
  on(event: 'data', listener: (bytes: Buffer) => void): unknown
  off(event: 'data', listener: (bytes: Buffer) => void): unknown
  pause(): unknown
}

const FRAME_MS = 250
const TICK_MS = 1000

/** Alternate screen, cursor hidden; and back (xterm control sequences). */
const ENTER = '\u001b[?1049h\u001b[?25l'
const LEAVE = '\u001b[?25h\u001b[?1049l'
const HOME = '\u001b[H'
const END_OF_LINE = '\u001b[K'

/** Collects, and shows what is there, until `q` or a signal. */
export async function runWatch(
  io: WatchIo,
  terminal: Terminal,
  keys: Keys,
  options: CollectorOptions,
  bmp: Endpoint | undefined,
): Promise<void> {
  const done = deferred<void>()
  let timer: NodeJS.Timeout | undefined
  let drawing = false
  const dirty = () => {
    timer ??= setTimeout(() => void frame(), FRAME_MS)
  }
  const say = (message: string) => {
    watched.say(message)
    dirty()
  }
  const problems = new ProblemReport({
    debug: () => {},
    info: () => {},
    warn: (what) => say(typeof what === 'string' ? what : what.message),
    error: (what) => say(typeof what === 'string' ? what : what.message),
  })
  const listener: CollectorListener = {
    event(event) {
      if (event.kind === 'sync') return
      watched.event(event, Date.now())
      dirty()
    },
    problem: (treatment, error, from) => problems.add(treatment, error, from),
    connected: (peer) => watched.connected(plain(peer)),
    log(level, message, peer) {
      if (level === 'warn') watched.failed(plain(peer), message, Date.now())
      dirty()
    },
  }
  const collector = new Collector(options, listener)
  const watched = new Watched(collector.rib)
  const station = bmp === undefined ? undefined : new BmpStation({ ...options, listen: bmp }, collector.rib, listener)
  const frame = async () => {
    timer = undefined
    // A terminal that does not keep up gets fewer frames, not a queue of them.
    if (drawing) return dirty()
    drawing = true
    // A terminal without a known size says 0.
    const [columns, rows] = [terminal.columns || 80, terminal.rows || 24]
    const lines = draw(watched.picture(columns, rows, io.colour, Date.now()))
    await io.text(HOME + lines.map((line) => line + END_OF_LINE).join('\r\n')).catch(() => done.resolve())
    drawing = false
  }
  const onKey = (bytes: Buffer) => {
    const page = Math.max(1, (terminal.rows || 24) - 12)
    for (const action of keysOf(bytes.toString('latin1'))) {
      if (action === 'quit') done.resolve()
      else if (action === 'view') watched.nextView()
      else watched.scroll(action * (Math.abs(action) > 1 ? page / 10 : 1))
    }
    dirty()
  }
  const [listening, monitoring] = [await collector.start(), await station?.start()]
  const ends = [listening, monitoring].filter((end) => end !== undefined).map(endpointText)
  if (ends.length > 0) watched.say(`listening on ${ends.join(' and ')}`)
  const onAbort = () => done.resolve()
  const tick = setInterval(dirty, TICK_MS)
  io.signal.addEventListener('abort', onAbort, { once: true })
  terminal.on('resize', dirty)
  if (keys.isTTY === true) {
    keys.setRawMode?.(true)
    keys.on('data', onKey)
  }
  await io.text(ENTER)
  try {
    if (!io.signal.aborted) {
      dirty()
      await done.promise
    }
  } finally {
    clearInterval(tick)
    clearTimeout(timer)
    io.signal.removeEventListener('abort', onAbort)
    terminal.off('resize', dirty)
    keys.off('data', onKey)
    keys.setRawMode?.(false)
    keys.pause()
    collector.stop()
    station?.stop()
    await io.text(LEAVE).catch(() => {})
  }
}

/** q and Ctrl-C; tab; arrows, k and j; page keys (10 stands for a page). */
export function keysOf(text: string): ('quit' | 'view' | number)[] {
  const actions: ('quit' | 'view' | number)[] = []
  // biome-ignore lint/suspicious/noControlCharactersInRegex: keys are control characters
  for (const [key] of text.matchAll(/\u001b\[[0-9;]*[A-Za-z~]|[\s\S]/g)) {
    if (key === 'q' || key === '\u0003' || key === '\u0004') actions.push('quit')
    else if (key === '\t') actions.push('view')
    else if (key === 'j' || key === '\u001b[B') actions.push(1)
    else if (key === 'k' || key === '\u001b[A') actions.push(-1)
    else if (key === ' ' || key === '\u001b[6~') actions.push(10)
    else if (key === 'b' || key === '\u001b[5~') actions.push(-10)
  }
  return actions
}
