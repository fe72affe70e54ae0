import { SegchainError } from '@segchain/records'

/** An error about a file that the command was given: category `usage`. */
export type FileFailure = (code: string, file: string, message: string, cause?: unknown) => SegchainError

/** @param hint what to do about any file of this kind */
export function fileFailure(hint: string): FileFailure {
  return (code, file, message, cause) =>
    new SegchainError({
      category: 'usage',
      code,
      message,
      hint,
      where: { file },
      ...(cause === undefined ? {} : { cause }),
    })
}
