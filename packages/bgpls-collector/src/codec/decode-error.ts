import { SegchainError } from '@segchain/records'

/**
 * What a receiver has to do about a broken part of a message (RFC 7606 §2, RFC 9552 §8.2.2).
 * `kept-raw` is ours: the TLV is well-formed but says what cannot be (a label range of size 0); it
 * is kept as bytes, because RFC 9552 §8.2.2 leaves semantic checks to the consumer.
 */
export type Treatment =
  | 'accepted'
  | 'kept-raw'
  | 'attribute-discard'
  | 'nlri-discard'
  | 'treat-as-withdraw'
  | 'session-reset'

export interface DecodeErrorDetails {
  readonly code: string
  readonly message: string
  /** Path inside the message: `update/bgp-ls/tlv 1099`. */
  readonly path: string
  /** Bytes from the start of the message (of the file, where there is one). */
  readonly offset: number
  /** How many bytes were needed there, and how many there were. */
  readonly need?: number
  readonly have?: number
  readonly treatment?: Treatment
}

/** Bytes that are not what the RFC says. Always category `data`; carries place, need and have. */
export class DecodeError extends SegchainError {
  readonly need: number | undefined
  readonly have: number | undefined
  /** Set where the raiser knows better than the part of the message it is in. */
  readonly treatment: Treatment | undefined

  constructor(details: DecodeErrorDetails) {
    super({
      category: 'data',
      code: details.code,
      message: details.message,
      where: { path: details.path, offset: details.offset },
    })
    this.name = 'DecodeError'
    this.need = details.need
    this.have = details.have
    this.treatment = details.treatment
  }
}

/** Something found wrong in a message, and what was done about it. */
export interface Problem {
  readonly treatment: Treatment
  readonly error: DecodeError
}
