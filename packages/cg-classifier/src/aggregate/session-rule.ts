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
  /**
   * Log-likelihood that may gather beyond the bound of cloud gaming: what a session has shown for long is not undone by
   * a menu or a pause of seconds. 0 without it.
   */
  readonly reserve?: number
  /** After so many windows without a decision the likelier class is it (truncation, Wald 1945 §3.8); never without it. */
  readonly maxWindows?: number
}

/** What is known of a session. `logRatio` stays within the bounds and the reserve, so that the past can be outweighed. */
export interface Evidence {
  readonly logRatio: number
  /** Windows that went by without a decision. */
  readonly undecided: number
  readonly decided?: 'cloud-gaming' | 'other'
}

/**
 * One more window. A decision stands until the evidence has gone all the way to the other bound: that is the
 * hysteresis; the longer it has stood, up to the reserve, the more windows it takes.
 */
export function addWindow(rule: SessionRule, evidence: Evidence, ofClass: boolean): Evidence {
  const step = ofClass ? Math.log(rule.p1 / rule.p0) : Math.log((1 - rule.p1) / (1 - rule.p0))
  const upper = Math.log((1 - rule.beta) / rule.alpha)
  const lower = Math.log(rule.beta / (1 - rule.alpha))
  const reserve = rule.reserve ?? 0
  const logRatio = Math.min(upper + reserve, Math.max(lower, evidence.logRatio + step / rule.designEffect))
  const { undecided } = evidence
  if (logRatio >= upper) return { logRatio, undecided, decided: 'cloud-gaming' }
  if (logRatio <= lower) return { logRatio, undecided, decided: 'other' }
  if (evidence.decided !== undefined) return { logRatio, undecided, decided: evidence.decided }
  if (undecided + 1 < (rule.maxWindows ?? Number.POSITIVE_INFINITY)) return { logRatio, undecided: undecided + 1 }
  return { logRatio, undecided: undecided + 1, decided: logRatio > 0 ? 'cloud-gaming' : 'other' }
}

/** Probability of the decided class when both were as likely before. */
export function confidenceOf({ logRatio, decided }: Evidence): number {
  const p = 1 / (1 + Math.exp(-logRatio))
  return decided === 'other' ? 1 - p : p
}

export const UNDECIDED: Evidence = { logRatio: 0, undecided: 0 }
