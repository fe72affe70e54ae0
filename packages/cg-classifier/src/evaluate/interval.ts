/** Hits among the trials of one session: its windows called cloud gaming, and its windows. */
export type Part = readonly [hits: number, trials: number]

/** Wilson's 95 % interval of a fraction. The count of trials need not be a whole number. */
export function wilson(hits: number, count: number): [number, number] {
  if (count === 0) return [0, 1]
  const z = 1.96
  const p = hits / count
  const centre = p + (z * z) / (2 * count)
  const spread = z * Math.sqrt((p * (1 - p)) / count + (z * z) / (4 * count * count))
  const whole = 1 + (z * z) / count
  return [Math.max(0, (centre - spread) / whole), Math.min(1, (centre + spread) / whole)]
}

/**
 * As many independent trials as tell as much as these (Kish 1965): windows of a session are alike, so a thousand of one
 * session say less than one each of a thousand sessions. The design effect is estimated from how the sessions differ
 * (the linearised variance of a ratio); `least` where few hits, or few sessions, would make it too small.
 * @returns from the number of sessions that have trials to the number of trials.
 */
export function effectiveTrials(parts: readonly Part[], least: number): number {
  const clusters = parts.filter(([, trials]) => trials > 0)
  const sum = (index: 0 | 1) => clusters.reduce((total, part) => total + part[index], 0)
  const [hits, trials, count] = [sum(0), sum(1), clusters.length]
  if (count === 0) return 0
  const p = hits / trials
  const squares = clusters.reduce((total, [h, n]) => total + (h - p * n) ** 2, 0)
  const variance = (squares * count) / Math.max(1, count - 1) / trials ** 2
  const estimated = p > 0 && p < 1 ? (variance * trials) / (p * (1 - p)) : 0
  return Math.max(count, trials / Math.max(1, least, estimated))
}
