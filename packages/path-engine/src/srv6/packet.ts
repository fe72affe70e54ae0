import { formatIpv6 } from './address.js'

/** The part of an encapsulated packet that segment routing reads and writes. */
export interface Srv6Packet {
  readonly destination: bigint
  /** Absent when there is none, or none any more. */
  readonly header?: SegmentRoutingHeader
}

/** RFC 8754 §2. */
export interface SegmentRoutingHeader {
  /** As in the header: entry 0 is the last segment. */
  readonly segments: readonly bigint[]
  readonly segmentsLeft: number
}

/** RFC 8986 §5.1 and §5.2. */
export type Encapsulation = 'H.Encaps' | 'H.Encaps.Red'

/**
 * RFC 8754 §4.1 and §4.1.1: the destination is the first segment; the header has all of them in reverse, a
 * reduced one all but the first. A single segment needs no header.
 */
export function encapsulate(list: readonly bigint[], encapsulation: Encapsulation): Srv6Packet {
  const [destination = 0n] = list
  if (list.length <= 1) return { destination }
  const reversed = [...list].reverse()
  const segments = encapsulation === 'H.Encaps' ? reversed : reversed.slice(0, -1)
  return { destination, header: { segments, segmentsLeft: list.length - 1 } }
}

/** Text that tells packets apart: `fcbb:bb00:1:: SL=1 <fcbb:bb00:2::, …>`. */
export function formatPacket({ destination, header }: Srv6Packet): string {
  const rest = header === undefined ? '' : ` SL=${header.segmentsLeft} <${header.segments.map(formatIpv6).join(', ')}>`
  return formatIpv6(destination) + rest
}
