import { Command } from '@oclif/core'
import type { SchemaName } from '@segchain/records'
import { toSegchainError } from '@segchain/records/error'
import { baseFlags } from './base-flags.js'
import { createIo } from './create-io.js'
import { exitCodeOfCategory } from './exit-codes.js'
import { watchTermination } from './termination.js'
import type { ToolClass, ToolIo } from './tool-io.js'

/**
 * The base of every command. It repairs what oclif does to streams (each repair has a test in
 * test/traps.test.ts), and leaves to the command only `execute`.
 */
export abstract class ToolCommand<T extends ToolClass> extends Command {
  static override baseFlags = baseFlags
  static override enableJsonFlag = false
  /** The stream that the command writes. */
  static schema: SchemaName

  protected abstract execute(io: ToolIo<T>): Promise<void>

  override async run(): Promise<void> {
    const { flags, args } = await this.parse(this.ctor)
    const termination = watchTermination()
    const io = createIo<T>({
      flags: flags as ToolIo<T>['flags'],
      args: args as ToolIo<T>['args'],
      schema: (this.ctor as unknown as ToolClass).schema,
      tool: this.config.bin,
      version: this.config.version,
      signal: termination.signal,
    })
    try {
      await this.execute(io)
      process.exitCode = io.exitCode
    } catch (error) {
      if (termination.cause === undefined) {
        await io.abandon('failed', exitCodeOfCategory[toSegchainError(error).category])
        throw error
      }
      await io.abandon('interrupted', termination.cause.exitCode)
    } finally {
      io.progress.clear()
      await io.finish()
      termination.dispose()
    }
    // A command that ends in good order after a signal says so all the same.
    if (termination.cause !== undefined) process.exitCode = termination.cause.exitCode
  }

  /** oclif would look at `err.exitCode` only and lose the code; run.ts maps every error. */
  protected override catch(error: Error): Promise<never> {
    throw error
  }
}
