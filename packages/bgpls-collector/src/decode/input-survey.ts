import { SegchainError } from '@segchain/records'

const MAX_PORTS = 1000
const SHOWN_PORTS = 5
const MAX_LINK_TYPES = 10

/** What an input had in it, whatever became of it: what is said when no topology comes of it. */
export class InputSurvey {
  /** Captured frames; 0 for an input that is no capture. */
  packets = 0
  tcpPackets = 0
  connections = 0
  bgpMessages = 0
  bmpMessages = 0
  /** UPDATEs that were about link state: objects, withdrawals, or an End-of-RIB. */
  linkState = 0
  /** Bytes in no whole message, and messages and records that could not be read. */
  lostBytes = 0
  broken = 0
  /** TCP segments of what may be BGP or BMP that a snap length has cut. */
  cutSegments = 0
  readonly #unknownLinks = new Map<number, number>()
  readonly #ports = new Map<number, number>()

  tcp(source: number, destination: number): void {
    this.tcpPackets++
    // The well-known side of a connection is the lower one.
    const port = Math.min(source, destination)
    if (this.#ports.size < MAX_PORTS || this.#ports.has(port)) this.#ports.set(port, (this.#ports.get(port) ?? 0) + 1)
  }

  /** A captured frame of which nothing can be read. @param linkType as the capture says. */
  unknownLink(linkType: number): void {
    if (this.#unknownLinks.size < MAX_LINK_TYPES || this.#unknownLinks.has(linkType)) {
      this.#unknownLinks.set(linkType, (this.#unknownLinks.get(linkType) ?? 0) + 1)
    }
  }

  /** What the capture itself kept from us, whatever came of the rest. */
  get withheld(): readonly string[] {
    const cut =
      this.cutSegments === 0
        ? []
        : [`${this.cutSegments} TCP segments are cut off by the snap length of the capture: record with tcpdump -s 0`]
    const links = [...this.#unknownLinks].map(
      ([linkType, packets]) => `${packets} packets have the link type ${linkType}, which is not known here`,
    )
    return [...cut, ...links]
  }

  /** What was seen instead of a topology; `undefined` when there was one. */
  get nothing(): string | undefined {
    if (this.linkState > 0) return undefined
    const messages = this.bgpMessages + this.bmpMessages
    if (messages > 0) return `no link state (AFI 16388) in its ${this.#messages()}${this.#damage()}`
    if (this.packets === 0) return `no BGP and no BMP in it${this.#damage()}`
    return `no BGP and no BMP in its ${this.packets} packets: ${this.#streams()}${this.#damage()}`
  }

  /** There were bytes, and not one message could be made of them. */
  get allLost(): SegchainError | undefined {
    const { nothing } = this
    if (nothing === undefined || this.bgpMessages + this.bmpMessages > 0) return undefined
    if (this.lostBytes + this.broken === 0) return undefined
    return new SegchainError({
      category: 'data',
      code: 'NOTHING_READ',
      message: `nothing of the input could be read: ${nothing}`,
      hint: '--on-error=skip ends with exit code 0 all the same',
    })
  }

  #messages(): string {
    const parts = [
      ...(this.bgpMessages > 0 ? [`${this.bgpMessages} BGP messages`] : []),
      ...(this.bmpMessages > 0 ? [`${this.bmpMessages} BMP messages`] : []),
    ]
    return parts.join(' and ')
  }

  #streams(): string {
    if (this.tcpPackets === 0) return 'none of them is TCP'
    const ports = [...this.#ports].sort((a, b) => b[1] - a[1])
    const more = ports.length > SHOWN_PORTS ? `, and ${ports.length - SHOWN_PORTS} more` : ''
    const shown = ports.slice(0, SHOWN_PORTS).map(([port]) => port)
    return `${this.connections} TCP connections (${shown.length === 1 ? 'port' : 'ports'} ${shown.join(', ')}${more})`
  }

  #damage(): string {
    if (this.lostBytes + this.broken === 0) return ''
    const parts = [
      ...(this.broken > 0 ? [`${this.broken} broken messages`] : []),
      ...(this.lostBytes > 0 ? [`${this.lostBytes} bytes in no whole message`] : []),
    ]
    return `; ${parts.join(', ')}`
  }
}
