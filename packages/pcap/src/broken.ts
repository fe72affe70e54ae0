import { SegchainError } from '@segchain/records'

/** A capture whose structure cannot be: what, where, how many bytes were needed and how many there were. */
export function broken(message: string, offset: number, need: number, have: number): SegchainError {
  return new SegchainError({
    category: 'data',
    code: 'CAPTURE_BROKEN',
    message: `${message} (need ${need}, have ${have})`,
    hint: 'was the capture still being written, or cut by a full disk? (tcpdump -U writes packet by packet)',
    where: { offset },
  })
}
