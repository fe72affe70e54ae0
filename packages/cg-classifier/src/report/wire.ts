import { isIP } from 'node:net'
import { type DirectionFeatures, type ReportRecord, SegchainError } from '@segchain/records'
import { UDP } from '../features/session-key.js'

/** What records take as an address. */
const PLAIN = /^[0-9a-f:.]+$/
/** A packet's payload cannot be larger (RFC 768, without jumbograms). */
const MAX_SIZE = 65_535
/** No window holds more packets: 33 ms at 800 Gbit/s of small frames is less. */
const MAX_PACKETS = 100_000_000

/**
 * The datagram of the published VNFs, one report:
 * `["ip1",port,"ip2",port,[n,meanSize,varSize,meanIat,varIat],[same]]`, sizes in bytes, times in µs, first list =
 * direction of the first packet. Ours adds what a reader of theirs passes over: a sequence number, a session id, the
 * start of the window (ns since 1970, as text), and the IP protocol where it is not UDP.
 */
export function toWire(report: ReportRecord, extended = false): string {
  const base = [
    report.sourceAddress,
    report.sourcePort,
    report.destinationAddress,
    report.destinationPort,
    listOf(report.forward),
    listOf(report.backward),
  ]
  if (!extended) return JSON.stringify(base)
  const { sequence = null, sessionId = null, windowStartNs = null, protocol = UDP } = report
  const ours = [...base, sequence, sessionId, windowStartNs]
  return JSON.stringify(protocol === UDP ? ours : [...ours, protocol])
}

function listOf(features: DirectionFeatures): number[] {
  return [
    features.packets,
    features.meanSizeBytes,
    features.varianceSizeBytes2,
    features.meanInterArrivalUs,
    features.varianceInterArrivalUs2,
  ]
}

/** @throws {SegchainError} category `data`, code `REPORT_FORMAT` or `REPORT_RANGE`, with the path in the array. */
export function fromWire(value: unknown): ReportRecord {
  if (!Array.isArray(value) || value.length < 6) {
    throw bad('REPORT_FORMAT', '', 'a report is an array of 6 elements: ip, port, ip, port, list, list')
  }
  const [sourceAddress, sourcePort, destinationAddress, destinationPort, forward, backward] = value
  const [sequence, sessionId, windowStartNs, protocol]: unknown[] = [value[6], value[7], value[8], value[9]]
  const report: ReportRecord = {
    kind: 'report',
    id: '',
    sourceAddress: address(sourceAddress, 0),
    sourcePort: port(sourcePort, 1),
    destinationAddress: address(destinationAddress, 2),
    destinationPort: port(destinationPort, 3),
    forward: direction(forward, 4),
    backward: direction(backward, 5),
  }
  report.id = `${sourceAddress}|${sourcePort}|${destinationAddress}|${destinationPort}`
  // One by one: spreading optional parts cost more than everything else here.
  if (sequence !== undefined && sequence !== null) {
    if (typeof sequence !== 'number' || !Number.isSafeInteger(sequence) || sequence < 0) throw badField(6, sequence)
    report.sequence = sequence
  }
  if (sessionId !== undefined && sessionId !== null) {
    if (typeof sessionId !== 'string' || sessionId.length === 0 || sessionId.length > 255) throw badField(7, sessionId)
    report.sessionId = sessionId
  }
  if (windowStartNs !== undefined && windowStartNs !== null) {
    if (typeof windowStartNs !== 'string' || !/^(0|[1-9]\d{0,19})$/.test(windowStartNs))
      throw badField(8, windowStartNs)
    report.windowStartNs = windowStartNs
  }
  if (protocol !== undefined && protocol !== null) {
    if (!isProtocol(protocol)) throw badField(9, protocol)
    report.protocol = protocol
  }
  return report
}

/** An IANA protocol number. */
export function isProtocol(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xff
}

function badField(index: number, value: unknown): SegchainError {
  const name = ['sequence', 'sessionId', 'windowStartNs', 'protocol'][index - 6]
  return bad('REPORT_FORMAT', `/${index}`, `${name} cannot be ${JSON.stringify(value)?.slice(0, 40)}`)
}

function address(value: unknown, index: number): string {
  if (typeof value === 'string' && isIP(value) !== 0) {
    if (PLAIN.test(value)) return value
    // The canonical form is in lower case; a zone means nothing to anybody else.
    const lower = value.toLowerCase()
    if (PLAIN.test(lower)) return lower
  }
  throw bad('REPORT_FORMAT', `/${index}`, `no IP address: ${JSON.stringify(value)?.slice(0, 60)}`)
}

function port(value: unknown, index: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffff) return value
  throw bad('REPORT_FORMAT', `/${index}`, `no port: ${JSON.stringify(value)?.slice(0, 60)}`)
}

function direction(list: unknown, index: number): DirectionFeatures {
  if (!Array.isArray(list) || list.length < 5)
    throw bad('REPORT_FORMAT', `/${index}`, 'a direction is a list of 5 numbers')
  for (let at = 0; at < 5; at++) {
    const value: unknown = list[at]
    // JSON has no NaN, but 1e999 becomes infinite, and a Python writer may say NaN, which no JSON parser takes.
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw bad('REPORT_FORMAT', `/${index}/${at}`, `no finite number: ${JSON.stringify(value)?.slice(0, 40)}`)
    }
    if (value < 0) throw bad('REPORT_RANGE', `/${index}/${at}`, `negative: ${value}`)
  }
  const [packets, meanSizeBytes, varianceSizeBytes2, meanInterArrivalUs, varianceInterArrivalUs2] = list
  const features = {
    packets,
    bytes: Math.round(packets * meanSizeBytes),
    meanSizeBytes,
    varianceSizeBytes2,
    meanInterArrivalUs,
    varianceInterArrivalUs2,
  }
  checkRange(features, `/${index}`)
  return features
}

/**
 * What the features of real packets cannot be.
 * @throws {SegchainError} category `data`, code `REPORT_RANGE`.
 */
export function checkRange(features: DirectionFeatures, path: string): void {
  const { packets, meanSizeBytes, varianceSizeBytes2, meanInterArrivalUs, varianceInterArrivalUs2 } = features
  if (!Number.isInteger(packets) || packets > MAX_PACKETS) {
    throw bad('REPORT_RANGE', `${path}/0`, `no count of packets: ${packets}`)
  }
  if (meanSizeBytes > MAX_SIZE) throw bad('REPORT_RANGE', `${path}/1`, `a mean size of ${meanSizeBytes} bytes`)
  // Popoviciu's inequality: no variance is larger than a quarter of the range squared.
  if (varianceSizeBytes2 > (MAX_SIZE * MAX_SIZE) / 4) {
    throw bad('REPORT_RANGE', `${path}/2`, `a variance of ${varianceSizeBytes2}`)
  }
  if (packets === 0 && meanSizeBytes + varianceSizeBytes2 + meanInterArrivalUs + varianceInterArrivalUs2 > 0) {
    throw bad('REPORT_RANGE', path, 'no packets, but sizes or times')
  }
  if (packets < 2 && meanInterArrivalUs + varianceInterArrivalUs2 > 0) {
    throw bad('REPORT_RANGE', path, 'inter-arrival times of fewer than two packets')
  }
}

function bad(code: string, path: string, message: string): SegchainError {
  return new SegchainError({
    category: 'data',
    code,
    message,
    hint: 'the format: ["ip1",port,"ip2",port,[n,meanSize,varSize,meanIat,varIat],[same]]',
    where: { path: path === '' ? '/' : path },
  })
}
