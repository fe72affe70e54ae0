import { addWindow, type Evidence, type SessionRule, UNDECIDED } from '../aggregate/session-rule.js'

/** What the rule makes of the windows of one session, in their order. */
export interface SessionOutcome {
  readonly windows: number
  readonly ofClass: number
  /** What the session is called at its end; absent when the evidence was not enough. */
  readonly decided?: 'cloud-gaming' | 'other'
  /** It was called cloud gaming at some time. */
  readonly ever: boolean
  /** Windows until the first decision. */
  readonly windowsToDecision?: number
  /** Windows until it was called cloud gaming for the first time. */
  readonly windowsToCalled?: number
}

export function outcomeOf(rule: SessionRule, scores: ArrayLike<number>, threshold: number): SessionOutcome {
  let evidence: Evidence = UNDECIDED
  let ofClass = 0
  let first: number | undefined
  let called: number | undefined
  for (let index = 0; index < scores.length; index++) {
    const hit = (scores[index] ?? 0) >= threshold
    ofClass += Number(hit)
    evidence = addWindow(rule, evidence, hit)
    if (evidence.decided !== undefined) first ??= index + 1
    if (evidence.decided === 'cloud-gaming') called ??= index + 1
  }
  return {
    windows: scores.length,
    ofClass,
    ever: called !== undefined,
    ...(evidence.decided === undefined ? {} : { decided: evidence.decided }),
    ...(first === undefined ? {} : { windowsToDecision: first }),
    ...(called === undefined ? {} : { windowsToCalled: called }),
  }
}
