import { type TransactionRecord, toSegchainError } from '@segchain/records'
import { forEachLimited } from './for-each.js'
import type { Journal } from './journal.js'
import type { Member } from './member.js'
import type { TransactionOptions } from './options.js'
import type { Provisional } from './target.js'
import type { Watch } from './watch.js'

/** What the phases of a running transaction share. */
export class TransactionContext {
  readonly members: readonly Member[]
  readonly provisional: Provisional
  readonly options: TransactionOptions
  readonly watch: Watch
  /** From the first commit on. */
  journal: Journal | undefined
  /** When the first timer of a confirmed commit was started (performance.now). */
  armedAt: number | undefined
  /** RFC 3339: when the devices take it back, with state `held`. */
  heldUntil: string | undefined
  /** How it ended, or waits, once something was committed. */
  state: TransactionRecord['state'] | undefined

  constructor(members: readonly Member[], provisional: Provisional, options: TransactionOptions, watch: Watch) {
    this.members = members
    this.provisional = provisional
    this.options = options
    this.watch = watch
  }

  get opened(): Member[] {
    return this.members.filter((member) => member.target !== undefined)
  }

  get active(): Member[] {
    return this.members.filter((member) => member.active)
  }

  get mustStop(): boolean {
    const failed = this.members.some((member) => member.error !== undefined)
    return this.options.signal.aborted || (failed && !this.options.keepGoing)
  }

  /** Once something is committed there is no going on without a device: all or none. */
  get mustCancel(): boolean {
    return this.options.signal.aborted || this.members.some((member) => member.committed && member.error !== undefined)
  }

  /** Runs a phase on members; one that fails is marked and told. With `anyway`, on failed ones too. */
  async each(
    phase: string,
    members: readonly Member[],
    work: (member: Member) => Promise<void>,
    { anyway = false, settles = false } = {},
  ): Promise<void> {
    await forEachLimited(members, this.options.concurrency, async (member) => {
      if (member.error !== undefined && !anyway) return
      this.watch.phase(member.name, phase)
      try {
        await work(member)
      } catch (error) {
        if (settles) member.unsettled = true
        member.fail(error)
        this.watch.phase(member.name, `failed: ${toSegchainError(error).message}`)
      }
    })
  }
}
