import type { WASI } from 'node:wasi'

/** TypeScript knows it as a part of the browser only. */
declare const WebAssembly: { Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer } }

/** WASI preview 1: sizes in bytes of a subscription and of an event, and where their fields are. */
const SUBSCRIPTION = { size: 48, userdata: 0, tag: 8, clock: 16, timeout: 24, descriptor: 16 }
const EVENT = { size: 32, userdata: 0, error: 8 }
const CLOCK = 0
const DESCRIPTOR_READ = 1
const MONOTONIC = 1
const POLLED = 1n
const TIMER = 2n
const WASI_STDOUT = 1
/** A clock that has run out already wins before the pipe was looked at. */
const ONE_MILLISECOND = 1_000_000n
const EVENTS_AT = 2 * SUBSCRIPTION.size
const COUNT_AT = EVENTS_AT + 2 * EVENT.size

type PollOneoff = (subscriptions: number, events: number, count: number, happened: number) => number

export interface PipePoll {
  /** False when every reader of the pipe has closed it. */
  hasReader(): boolean
}

/**
 * poll(2) for the writing end of a pipe, which Node's own interface lacks: `poll_oneoff` of its WASI
 * runtime asks the kernel, and reports an error condition on a pipe without readers. See
 * docs/decisions/0005-a-reader-that-has-gone.md.
 */
export function createPipePoll(descriptor: number): PipePoll {
  const wasi = withoutWarning(() => {
    // The warning comes when the module is loaded: an import could not hold it back.
    const { WASI } = process.getBuiltinModule('node:wasi')
    return new WASI({ version: 'preview1', stdin: descriptor, stdout: descriptor, stderr: descriptor })
  })
  const memory = new WebAssembly.Memory({ initial: 1 })
  // No module is run; the calls need a memory to read from and write to.
  wasi.initialize({ exports: { memory } })
  const pollOneoff = wasi.wasiImport.poll_oneoff as PollOneoff
  const view = new DataView(memory.buffer)
  return {
    hasReader() {
      subscribe(view)
      if (pollOneoff(0, EVENTS_AT, 2, COUNT_AT) !== 0) return true
      for (let i = 0; i < view.getUint32(COUNT_AT, true); i++) {
        const event = EVENTS_AT + i * EVENT.size
        // The writing end is never readable: an event on it is the error condition of a pipe without reader.
        if (view.getBigUint64(event + EVENT.userdata, true) === POLLED)
          return view.getUint16(event + EVENT.error, true) === 0
      }
      return true
    },
  }
}

/** The descriptor, and a clock that ends the call. */
function subscribe(view: DataView): void {
  view.setBigUint64(SUBSCRIPTION.userdata, POLLED, true)
  view.setUint8(SUBSCRIPTION.tag, DESCRIPTOR_READ)
  view.setUint32(SUBSCRIPTION.descriptor, WASI_STDOUT, true)
  const timer = SUBSCRIPTION.size
  view.setBigUint64(timer + SUBSCRIPTION.userdata, TIMER, true)
  view.setUint8(timer + SUBSCRIPTION.tag, CLOCK)
  view.setUint32(timer + SUBSCRIPTION.clock, MONOTONIC, true)
  view.setBigUint64(timer + SUBSCRIPTION.timeout, ONE_MILLISECOND, true)
}

/** Node warns on stderr that its WASI is experimental: no user of a tool can do anything about that. */
function withoutWarning(create: () => WASI): WASI {
  const { emitWarning } = process
  process.emitWarning = () => undefined
  try {
    return create()
  } finally {
    process.emitWarning = emitWarning
  }
}
