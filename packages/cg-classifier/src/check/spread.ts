/** Which of `count` classifiers a session goes to: always the same one (FNV-1a). */
export function spread(session: string, count: number): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < session.length; at++) hash = Math.imul(hash ^ session.charCodeAt(at), 0x01000193)
  return (hash >>> 0) % count
}
