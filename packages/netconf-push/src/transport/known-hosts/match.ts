import { createHmac, timingSafeEqual } from 'node:crypto'
import type { KnownHostLine } from './parse.js'

/** The name that known_hosts has a server under: with the port when it is not 22. */
export function knownHostName(host: string, port: number): string {
  const name = host.toLowerCase()
  return port === 22 ? name : `[${name}]:${port}`
}

/** A negated pattern that matches wins over all others of the line (sshd(8)). */
export function lineMatches(line: KnownHostLine, name: string): boolean {
  let matched = false
  for (const pattern of line.hosts) {
    if (pattern.startsWith('|')) matched ||= hashMatches(pattern, name)
    else if (pattern.startsWith('!')) {
      if (globMatches(pattern.slice(1), name)) return false
    } else matched ||= globMatches(pattern, name)
  }
  return matched
}

/** `|1|salt|hash`: HMAC-SHA1 of the name with the salt as key. */
function hashMatches(pattern: string, name: string): boolean {
  const [, version, salt, hash] = pattern.split('|')
  if (version !== '1' || salt === undefined || hash === undefined) return false
  const wanted = Buffer.from(hash, 'base64')
  const have = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest()
  return wanted.length === have.length && timingSafeEqual(wanted, have)
}

/** `*` and `?` only. Time is linear in pattern times name: no backtracking into earlier stars. */
export function globMatches(pattern: string, name: string): boolean {
  const wanted = pattern.toLowerCase()
  let p = 0
  let n = 0
  let star = -1
  let resume = 0
  while (n < name.length) {
    if (wanted[p] === '*') {
      star = p++
      resume = n
    } else if (p < wanted.length && (wanted[p] === '?' || wanted[p] === name[n])) {
      p++
      n++
    } else if (star >= 0) {
      p = star + 1
      n = ++resume
    } else return false
  }
  while (wanted[p] === '*') p++
  return p === wanted.length
}
