import { pcapHeader, udpRecord } from '@segchain/pcap'
import type { GeneratedSession } from './session.js'

/** Documentation addresses (RFC 5737): nobody's traffic. */
const SERVER = { address: [192, 0, 2, 1], port: 3074 } as const
const CLIENT = { address: [198, 51, 100, 1], port: 50_000 } as const
/** 2026-01-01T00:00:00Z: generated captures carry no clock. */
const START = 1_767_225_600

/** The session as a pcap with headers only; see `udpRecord`. */
export function* captureOf(session: GeneratedSession): Generator<Buffer> {
  yield pcapHeader(42)
  for (const { time, down, size } of session.packets) {
    const nanoseconds = Math.round(time * 1e9)
    const seconds = Math.floor(nanoseconds / 1e9)
    const [from, to] = down ? [SERVER, CLIENT] : [CLIENT, SERVER]
    yield udpRecord(START + seconds, nanoseconds - seconds * 1e9, from, to, size)
  }
}
