import type { NetconfSession } from '../rpc/index.js'
import { escapeText } from '../xml/index.js'

/** A confirmed commit (RFC 6241 §8.4.5.1). With `again`, it extends one that is pending. */
export function confirmedCommit(
  session: NetconfSession,
  options: { readonly timeoutS: number; readonly persist?: string; readonly again?: boolean },
  replyTimeoutMs: number,
): Promise<void> {
  const persist = options.persist === undefined ? '' : `<persist>${escapeText(options.persist)}</persist>`
  const again = options.again === true && options.persist !== undefined ? persistId(options.persist) : ''
  const content = `<commit><confirmed/><confirm-timeout>${options.timeoutS}</confirm-timeout>${persist}${again}</commit>`
  return session.ok('confirmed commit', content, replyTimeoutMs)
}

/** Confirms what is pending. */
export function confirmCommit(session: NetconfSession, id: string | undefined, replyTimeoutMs: number): Promise<void> {
  return session.ok('confirming commit', `<commit>${id === undefined ? '' : persistId(id)}</commit>`, replyTimeoutMs)
}

/** RFC 6241 §8.4.4.1. */
export function cancelCommit(session: NetconfSession, id: string, replyTimeoutMs: number): Promise<void> {
  return session.ok('cancel-commit', `<cancel-commit>${persistId(id)}</cancel-commit>`, replyTimeoutMs)
}

function persistId(id: string): string {
  return `<persist-id>${escapeText(id)}</persist-id>`
}
