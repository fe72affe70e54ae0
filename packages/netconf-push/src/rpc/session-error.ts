import { SegchainError } from '@segchain/records'

export function gone(why?: string, cause?: unknown): SegchainError {
  return new SegchainError({
    category: 'connect',
    code: 'CONNECTION_LOST',
    message: why === undefined ? 'the device closed the connection' : `the connection is gone: ${why}`,
    ...(cause === undefined ? {} : { cause }),
  })
}

export function late(operation: string, timeoutMs: number): SegchainError {
  return new SegchainError({
    category: 'connect',
    code: 'TIMEOUT',
    message: `no answer to ${operation} within ${timeoutMs / 1000} s`,
    hint: 'the device is slow or gone: look at its load, or raise the time-out',
  })
}

export function closed(): SegchainError {
  return new SegchainError({ category: 'connect', code: 'SESSION_CLOSED', message: 'the session was closed' })
}

export function protocolError(message: string): SegchainError {
  return new SegchainError({
    category: 'data',
    code: 'PROTOCOL',
    message,
    hint: 'the session cannot be trusted any more and was closed',
  })
}

/** The same failure, told by the operation that it hit. */
export function during(operation: string, error: SegchainError): SegchainError {
  return new SegchainError({
    category: error.category,
    code: error.code,
    message: `${error.message} (during ${operation})`,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    where: error.where,
    ...(error.cause === undefined ? {} : { cause: error.cause }),
  })
}

const SHOWN = 200

/** A failure before the hello, with the last line that came instead of it: a shell or a banner says why. */
export function insteadOfHello(error: SegchainError, said: string): SegchainError {
  const line = said
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .split('\n')
    .findLast((one) => one.trim() !== '')
  return line === undefined ? error : during(`the hello; it said: ${line.trim().slice(0, SHOWN)}`, error)
}
