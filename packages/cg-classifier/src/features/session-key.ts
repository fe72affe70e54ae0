/** The same text for both directions of a flow. */
export function sessionKey(source: string, sourcePort: number, destination: string, destinationPort: number): string {
  const first = source < destination || (source === destination && sourcePort <= destinationPort)
  return first
    ? `${source}|${sourcePort}|${destination}|${destinationPort}`
    : `${destination}|${destinationPort}|${source}|${sourcePort}`
}
