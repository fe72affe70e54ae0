import { type ErrorLocation, SegchainError } from '@segchain/records'

/** Collects everything that is wrong: a compilation reports all of it, and then emits nothing. */
export class Problems {
  readonly errors: SegchainError[] = []
  readonly warnings: SegchainError[] = []

  add(code: string, where: ErrorLocation, message: string, hint: string): void {
    this.errors.push(problem(code, where, message, hint))
  }

  warn(code: string, where: ErrorLocation, message: string, hint: string): void {
    this.warnings.push(problem(code, where, message, hint))
  }
}

function problem(code: string, where: ErrorLocation, message: string, hint: string): SegchainError {
  return new SegchainError({ category: 'data', code, message, where, hint })
}
