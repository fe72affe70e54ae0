/** Why what came until now is looked at. */
export type Settled = 'whole' | 'quiet' | 'end'

export interface SettledOptions<T> {
  /** Is what came until and with this one a whole? */
  readonly isWhole: (item: T) => boolean
  /** Nothing came for so long: milliseconds. */
  readonly quietMs: number
  /** Where it never is quiet: so long after the first change that was not looked at. */
  readonly mostMs: number
  /** Ends the source, for a consumer that goes before it. */
  readonly stop: () => void
}

/** Hands on everything, and says when it is time to look at it: a storm of changes is looked at once. */
export async function* settled<T>(
  source: AsyncIterable<T>,
  take: (item: T) => void,
  { isWhole, quietMs, mostMs, stop }: SettledOptions<T>,
): AsyncGenerator<Settled> {
  const iterator = source[Symbol.asyncIterator]()
  let next = iterator.next()
  let since: number | undefined
  let isEnded = false
  try {
    for (;;) {
      const waited = since === undefined ? 0 : performance.now() - since
      const result =
        since === undefined
          ? await next
          : waited < mostMs
            ? await within(next, Math.min(quietMs, mostMs - waited))
            : 'late'
      if (result === 'late') {
        since = undefined
        yield 'quiet'
        continue
      }
      isEnded = result.done === true
      if (result.done === true) break
      take(result.value)
      next = iterator.next()
      since ??= performance.now()
      if (!isWhole(result.value)) continue
      since = undefined
      yield 'whole'
    }
    yield 'end'
  } finally {
    if (!isEnded) {
      next.catch(() => undefined)
      stop()
    }
  }
}

async function within<T>(next: Promise<T>, ms: number): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms)
  })
  try {
    return await Promise.race([next, late])
  } finally {
    clearTimeout(timer)
  }
}
