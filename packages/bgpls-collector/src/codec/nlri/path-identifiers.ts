/** NLRI types of the registry; a Path Identifier is only believed before one of them. */
const LAST_KNOWN_TYPE = 7
const PATH_IDENTIFIER_LENGTH = 4

/**
 * Whether every NLRI has a Path Identifier of 4 bytes before it (ADD-PATH, RFC 7911 §3). The OPENs that agree on it
 * are missing in many recordings, and BMP and MRT have them at other places or not at all, so the list itself is
 * asked: it has them when it cannot be read without them, and can with them. No list is both: read without them, a
 * Path Identifier below 65,536 is an NLRI of type 0, which is reserved.
 */
export function hasPathIdentifiers(bytes: Buffer, start: number, end: number): boolean {
  return !isList(bytes, start, end, 0, 0xffff) && isList(bytes, start, end, PATH_IDENTIFIER_LENGTH, LAST_KNOWN_TYPE)
}

/** Whether types and lengths lead from `start` exactly to `end`. */
function isList(bytes: Buffer, start: number, end: number, before: number, lastType: number): boolean {
  let at = start
  while (at + before + 4 <= end) {
    const type = bytes.readUInt16BE(at + before)
    if (type === 0 || type > lastType) return false
    at += before + 4 + bytes.readUInt16BE(at + before + 2)
  }
  return at === end
}
