import { type ErrorCategory, SegchainError } from '@segchain/records'
import { Flags, requiredArgument, ToolCommand, type ToolIo } from '../../../src/index.js'

/** Fails in the way that it is told. */
export default class Fail extends ToolCommand<typeof Fail> {
  static override summary = 'fail'
  static override examples = ['<%= config.bin %> fail data']
  static override schema = 'segchain.topology/1' as const
  static override flags = { header: Flags.boolean({ description: 'write a header and a record before' }) }
  static override args = { category: requiredArgument({ description: 'category of the error' }) }

  protected async execute(io: ToolIo<typeof Fail>): Promise<void> {
    if (io.args.category === 'defect') throw new TypeError('x is not a function')
    if (io.flags.header) await (await io.open()).write({ kind: 'session', id: 's', peer: '127.0.0.1', state: 'up' })
    if (io.args.category === 'wait') await waitForSignal(io)
    throw new SegchainError({
      category: io.args.category as ErrorCategory,
      code: 'ASKED_FOR',
      message: 'it failed with password=hunter2',
      hint: 'ask for something else',
      where: { file: 'a.yaml', line: 7, device: 'r1' },
    })
  }
}

/** As a session would: something keeps the process alive until the signal comes. */
function waitForSignal(io: ToolIo<typeof Fail>): Promise<never> {
  const { signal } = io
  io.log.warn('waiting')
  return new Promise((_, reject) => {
    const alive = setInterval(() => undefined, 1000)
    signal.addEventListener('abort', () => {
      clearInterval(alive)
      reject(signal.reason)
    })
  })
}
