import type { ReportRecord } from '@segchain/records'

/** IANA; what the published probe sees, and does not say. */
export const UDP = 17

/** The same text for both directions of a flow. */
export function sessionKey(source: string, sourcePort: number, destination: string, destinationPort: number): string {
  const first = source < destination || (source === destination && sourcePort <= destinationPort)
  return first
    ? `${source}|${sourcePort}|${destination}|${destinationPort}`
    : `${destination}|${destinationPort}|${source}|${sourcePort}`
}

type Flow = Pick<
  ReportRecord,
  'sessionId' | 'sourceAddress' | 'sourcePort' | 'destinationAddress' | 'destinationPort' | 'protocol'
>

/** Which session a report or a classification is of: what its sender calls it, else the flow, both directions. */
export function sessionOf(flow: Flow): string {
  if (flow.sessionId !== undefined) return flow.sessionId
  const key = sessionKey(flow.sourceAddress, flow.sourcePort, flow.destinationAddress, flow.destinationPort)
  return flow.protocol === undefined || flow.protocol === UDP ? key : `${key}|${flow.protocol}`
}
