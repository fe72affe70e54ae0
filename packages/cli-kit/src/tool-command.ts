import { Command } from '@oclif/core'
import type { SchemaName } from '@segchain/records'
import { toSegchainError } from '@segchain/records/error'
import { baseFlags } from './base-flags.js'
import { createIo } from './create-io.js'
import { exitCodeOfCategory } from './exit-codes.js'
import { placedAt } from './settings/bad-value.js'
import { shapesOf } from './settings/flag-shape.js'
import { argvWith, loadSettings, settingsFor } from './settings/for-command.js'
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
  /** Flags that neither the environment nor a file can set: what deletes, and what overrules a check. */
  static eachTime: readonly string[] = []

  protected abstract execute(io: ToolIo<T>): Promise<void>

  override async run(): Promise<void> {
    const { flags, args } = await this.#parsed()
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

  async #parsed() {
    const shapes = shapesOf(this.ctor.baseFlags, this.ctor.flags)
    const { eachTime } = this.ctor as unknown as ToolClass
    const sources = { config: this.config, id: this.ctor.id, flags: shapes, eachTime }
    const settings = settingsFor(sources, await loadSettings(this.config), this.argv)
    try {
      return await this.parse(this.ctor, argvWith(settings, this.argv, shapes))
    } catch (error) {
      throw placedAt(error, settings)
    }
  }

  /** oclif would look at `err.exitCode` only and lose the code; run.ts maps every error. */
  protected override catch(error: Error): Promise<never> {
    throw error
  }
}
