/** A misdeed on command; what a real device does only when nobody looks. */
export type Fault =
  /** The connection breaks before the operation is done, or after it was done and before the answer. */
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' }
  /** A pause before the operation is done (not at all, when the client is gone by then), or before the answer. */
  | { readonly kind: 'delay'; readonly ms: number; readonly when?: 'after' }
  | { readonly kind: 'wrong-message-id' }
  /** Sent in place of the answer, as it stands inside of a frame; `{id}` is the message-id. */
  | { readonly kind: 'reply'; readonly text: string }
  /** An answer with so many bytes of padding. */
  | { readonly kind: 'huge'; readonly bytes: number }
  /** `<ok/>`, and nothing is done. */
  | { readonly kind: 'ok-without-effect' }
  /** Pieces of an answer that never ends, until the client is gone. */
  | { readonly kind: 'endless'; readonly head: string; readonly piece: string }
  /** A confirmed commit that answers with an error, and leaves its timer running; with what it changed, or without. */
  | { readonly kind: 'fails-armed'; readonly applied: boolean }
  | { readonly kind: 'error'; readonly tag: string; readonly message: string }

/**
 * Asked for every operation: `hello`, `get`, `get-config`, `edit-config`, `lock`, `unlock`, `validate`,
 * `commit`, `cancel-commit`, `discard-changes`, `copy-config`, `close-session`, `kill-session`; the count
 * of operations with this name on the device begins with 1.
 */
export type FaultPlan = (operation: string, count: number) => Fault | undefined

/** What whole families of devices do otherwise than RFC 6241 has it. */
export interface Quirks {
  /** A confirmed commit without persist-id waits on after its session has ended, and locks nobody out (Junos). */
  readonly timerOutlivesSession?: boolean
  /** Validating is confirming (`commit check` of Junos). */
  readonly validateConfirms?: boolean
  /** A commit is answered by `<commit-results>` with warnings in it (Junos). */
  readonly commitResults?: boolean
}
