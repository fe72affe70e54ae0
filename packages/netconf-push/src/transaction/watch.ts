import type { SegchainError } from '@segchain/records'

/** What a transaction tells while it runs. */
export interface Watch {
  phase(device: string, phase: string): void
  note(device: string, text: string): void
  trouble(device: string, error: SegchainError): void
}
