import { isIP } from 'node:net'
import { type ClassificationRecord, type ReportRecord, SegchainError } from '@segchain/records'
import { UDP } from '../features/session-key.js'
import { isProtocol } from '../report/wire.js'

export function classificationOf(report: ReportRecord, score: number, threshold: number): ClassificationRecord {
  const { forward: _forward, backward: _backward, ...rest } = report
  const called = score >= threshold ? 'cloud-gaming' : 'other'
  return { ...rest, kind: 'classification', class: called, score: rounded(score) }
}

/**
 * One classification in a datagram: `["ip1",port,"ip2",port,0 or 1,score,sequence,"session","start"]`, and the IP
 * protocol behind it where it is not UDP. Written by hand: JSON.stringify took more time than everything else that happens to a report here.
 * @param report with valid addresses, as `fromWire` gives it.
 */
export function classificationWire(report: ReportRecord, score: number, threshold: number): string {
  const { sourceAddress, sourcePort, destinationAddress, destinationPort, sequence, sessionId, windowStartNs } = report
  const { protocol = UDP } = report
  const ends = `"${sourceAddress}",${sourcePort},"${destinationAddress}",${destinationPort}`
  const session = sessionId === undefined ? 'null' : JSON.stringify(sessionId)
  const start = windowStartNs === undefined ? 'null' : `"${windowStartNs}"`
  return `[${ends},${score >= threshold ? 1 : 0},${rounded(score)},${sequence ?? 'null'},${session},${start}${protocol === UDP ? '' : `,${protocol}`}]`
}

/** Six decimals of the model's answer, as short as they can be written. */
function rounded(score: number): number {
  return Math.min(1, Math.max(0, Math.round(score * 1e6) / 1e6))
}

/** @throws {SegchainError} category `data`, code `CLASSIFICATION_FORMAT`. */
export function classificationFromWire(value: unknown): ClassificationRecord {
  if (!Array.isArray(value)) throw bad('no array')
  const [sourceAddress, sourcePort, destinationAddress, destinationPort, label, score, ...rest] = value
  const [sequence, sessionId, start, protocol] = rest
  if (!isAddress(sourceAddress) || !isAddress(destinationAddress)) throw bad('no IP addresses')
  if (!isPort(sourcePort) || !isPort(destinationPort)) throw bad('no ports')
  if (label !== 0 && label !== 1) throw bad(`no label: ${JSON.stringify(label)?.slice(0, 40)}`)
  if (typeof score !== 'number' || !(score >= 0 && score <= 1)) throw bad('no score from 0 to 1')
  return {
    kind: 'classification',
    id: `${sourceAddress}|${sourcePort}|${destinationAddress}|${destinationPort}`,
    sourceAddress,
    sourcePort,
    destinationAddress,
    destinationPort,
    class: label === 1 ? 'cloud-gaming' : 'other',
    score,
    ...(Number.isSafeInteger(sequence) && sequence >= 0 ? { sequence } : {}),
    ...(typeof sessionId === 'string' && sessionId !== '' ? { sessionId: sessionId.slice(0, 255) } : {}),
    ...(typeof start === 'string' && /^(0|[1-9]\d{0,19})$/.test(start) ? { windowStartNs: start } : {}),
    ...(isProtocol(protocol) ? { protocol } : {}),
  }
}

/** As our own classify writes them: in lower case, without a zone. */
function isAddress(value: unknown): boolean {
  return typeof value === 'string' && isIP(value) !== 0 && /^[0-9a-f:.]+$/.test(value)
}

function isPort(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffff
}

function bad(message: string): SegchainError {
  return new SegchainError({
    category: 'data',
    code: 'CLASSIFICATION_FORMAT',
    message: `no classification: ${message}`,
  })
}
