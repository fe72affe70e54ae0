/** Wald's sequential probability ratio test on windows (Wald 1945), with what makes it fit for traffic. */
export interface SessionRule {
  /** Part of the windows of a session of cloud gaming that the model calls so, at least. */
  readonly p1: number
  /** Part of the windows of other traffic that the model calls cloud gaming, at most. */
  readonly p0: number
  /** Probability of calling other traffic cloud gaming. */
  readonly alpha: number
  /** Probability of calling cloud gaming other traffic. */
  readonly beta: number
  /** Neighbouring windows are alike: so many of them tell as much as one that is independent. */
  readonly designEffect: number
}

/** What is known of a session. `logRatio` stays within the bounds, so that the past can be outweighed. */
export interface Evidence {
  readonly logRatio: number
  readonly decided?: 'cloud-gaming' | 'other'
}

/**
 * One more window. A decision stands until the evidence has gone all the way to the other bound: that is the
 * hysteresis, and a session that changes costs the same number of windows as a new one.
 */
export function addWindow(rule: SessionRule, evidence: Evidence, ofClass: boolean): Evidence {
  const step = ofClass ? Math.log(rule.p1 / rule.p0) : Math.log((1 - rule.p1) / (1 - rule.p0))
  const upper = Math.log((1 - rule.beta) / rule.alpha)
  const lower = Math.log(rule.beta / (1 - rule.alpha))
  const logRatio = Math.min(upper, Math.max(lower, evidence.logRatio + step / rule.designEffect))
  if (logRatio >= upper) return { logRatio, decided: 'cloud-gaming' }
  if (logRatio <= lower) return { logRatio, decided: 'other' }
  return evidence.decided === undefined ? { logRatio } : { logRatio, decided: evidence.decided }
}

/** Probability of the decided class when both were as likely before. */
export function confidenceOf({ logRatio, decided }: Evidence): number {
  const p = 1 / (1 + Math.exp(-logRatio))
  return decided === 'other' ? 1 - p : p
}

export const UNDECIDED: Evidence = { logRatio: 0 }
