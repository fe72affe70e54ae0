/** One packet of a generated session, as the probe sees it. */
export interface GeneratedPacket {
  /** s since the session began. */
  readonly time: number
  /** From the server to the client. */
  readonly down: boolean
  /** UDP payload bytes. */
  readonly size: number
}

/** Where the packets of one session are collected, in any order. */
export type Packets = GeneratedPacket[]
