export interface FrameSink {
  /** A piece of the current message; valid only during the call. */
  data(bytes: Buffer): void
  /** The current message is complete. */
  end(): void
}

/** One of the two framings: takes what it can of the bytes, and stops after the end of a message. */
export interface FramingState {
  /** @returns how many bytes were used; fewer than given only when a message ended. */
  take(bytes: Buffer, sink: FrameSink): number
}
