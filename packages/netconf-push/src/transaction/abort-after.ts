/** The longest that a timer takes, in milliseconds. */
const LONGEST = 2 ** 31 - 1

/** A signal, and how to be done with it. */
export interface TimedSignal {
  readonly signal: AbortSignal
  /** Ends the timer; nothing is aborted after that. */
  end(): void
}

/**
 * Aborted by `signal`, and after `ms` milliseconds (infinite: by `signal` alone; at the most 24 days).
 *
 * `AbortSignal.any` over `AbortSignal.timeout` would do the same in fewer lines, but Node 20 lets the timeout be collected as
 * garbage while somebody waits for it, and then it never comes.
 */
export function abortAfter(ms: number, signal: AbortSignal): TimedSignal {
  const controller = new AbortController()
  const abort = (): void => controller.abort(signal.reason)
  const timer = Number.isFinite(ms)
    ? setTimeout(
        () => controller.abort(new DOMException('the time is over', 'TimeoutError')),
        Math.min(LONGEST, Math.max(0, ms)),
      )
    : undefined
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort, { once: true })
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    },
  }
}
