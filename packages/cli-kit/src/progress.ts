/** One line a task, redrawn in place on a terminal; nothing at all elsewhere. */
export interface Progress {
  /** Sets the text of a task's line; a new name adds a line. */
  update(name: string, text: string): void
  /** Takes the lines away, so that what follows stands where they stood. */
  clear(): void
}

export interface ProgressTarget {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
  write(text: string): unknown
}

export function createProgress(target: ProgressTarget): Progress {
  if (target.isTTY !== true) return { update: () => undefined, clear: () => undefined }
  const lines = new Map<string, string>()
  let drawn = 0
  const erase = (): string => (drawn === 0 ? '' : `\u001b[${drawn}A\u001b[0J`)
  return {
    update(name, text) {
      lines.set(name, text)
      // Never more lines than the terminal has: what scrolled off could not be redrawn.
      const room = Math.max(1, (target.rows ?? 24) - 2)
      const shown = [...lines]
        .slice(-room)
        .map(([key, value]) => `${key}: ${value}`.slice(0, (target.columns ?? 80) - 1))
      target.write(`${erase()}${shown.join('\n')}\n`)
      drawn = shown.length
    },
    clear() {
      target.write(erase())
      drawn = 0
      lines.clear()
    },
  }
}
