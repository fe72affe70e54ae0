import { SegchainError, toSegchainError } from '@segchain/records'
import type { DevicePlan } from './device-plan.js'
import { forEachLimited } from './for-each.js'
import { Journal, newTransactionId, unfinishedTransactions } from './journal.js'
import { Member } from './member.js'
import { type TargetOptions, withoutEffect } from './netconf-target.js'
import { openTarget } from './open-target.js'
import type { DeviceOutcome } from './report.js'
import { settleCancel } from './settle.js'
import { stillRunning } from './still-running.js'
import type { Provisional } from './target.js'
import type { Watch } from './watch.js'

export interface TransactionOptions extends TargetOptions {
  /** Let the devices validate, and discard. */
  readonly dryRun: boolean
  /** Go on without the devices that fail before anything is committed. */
  readonly keepGoing: boolean
  /** Stop after the probe: `confirm` or `cancel` decides. */
  readonly hold: boolean
  readonly concurrency: number
  readonly confirmTimeoutS: number
  readonly journalFolder: string
  readonly signal: AbortSignal
  /** Health of the network while everything is in force provisionally; throws when it is not well. */
  readonly probe?: (signal: AbortSignal) => Promise<void>
  /** RFC 3339, for the journal. */
  readonly now: () => string
}

export interface TransactionResult {
  readonly id: string
  readonly outcomes: readonly DeviceOutcome[]
  /** Provisional, and waiting for `confirm` or `cancel`. */
  readonly held: boolean
}

/**
 * All devices or none: open → lock, read, compare → edit, validate → journal → confirmed commit →
 * read back → probe → decision → confirm, or cancel, on all. Whatever fails before the decision
 * cancels everything; after the decision the transaction is finished, by `recover` if need be.
 */
export async function runTransaction(
  plans: readonly DevicePlan[],
  options: TransactionOptions,
  watch: Watch,
): Promise<TransactionResult> {
  if (!options.dryRun) await refuseUnfinished(plans, options)
  const members = plans.map((plan) => new Member(plan))
  const provisional: Provisional = { id: newTransactionId(), timeoutS: options.confirmTimeoutS }
  const transaction = new Transaction(members, provisional, options, watch)
  try {
    const held = await transaction.run()
    return { id: provisional.id, outcomes: members.map((member) => member.outcome), held }
  } finally {
    await Promise.all(members.map((member) => member.target?.close()))
  }
}

class Transaction {
  readonly #members: readonly Member[]
  readonly #provisional: Provisional
  readonly #options: TransactionOptions
  readonly #watch: Watch
  #journal: Journal | undefined

  constructor(members: readonly Member[], provisional: Provisional, options: TransactionOptions, watch: Watch) {
    this.#members = members
    this.#provisional = provisional
    this.#options = options
    this.#watch = watch
  }

  /** @returns whether it is held. */
  async run(): Promise<boolean> {
    await this.#each('connecting', this.#members, (member) => this.#open(member))
    if (this.#mustStop()) return false
    await this.#each('reading', this.#opened(), (member) => this.#prepare(member))
    if (this.#mustStop()) return this.#giveUp()
    await this.#each('validating', this.#active(), (member) => member.target?.stage() ?? Promise.resolve())
    if (this.#mustStop()) return this.#giveUp()
    if (this.#options.dryRun) return this.#predictAndDiscard()
    if (this.#active().length === 0) return false
    await this.#commitAll()
    if (this.#mustCancel()) return this.#cancelAll()
    if (this.#options.hold) return this.#hold()
    await this.#journal?.append({ entry: 'decision', decision: 'confirm' })
    await this.#confirmAll()
    return false
  }

  async #open(member: Member): Promise<void> {
    member.target = await openTarget(member.plan, this.#options)
    for (const refused of member.target.refused) this.#watch.trouble(member.name, refused)
  }

  async #prepare(member: Member): Promise<void> {
    if (member.target === undefined || member.target.wanted === 0) return
    member.differences = await member.target.prepare()
    if (member.differences.length > 0) return
    member.status = 'unchanged'
    member.verified = true
  }

  /** In groups: each step of the plan before the next, and devices that have no confirmed commit last. */
  async #commitAll(): Promise<void> {
    this.#journal = await Journal.create(this.#options.journalFolder, {
      entry: 'begin',
      id: this.#provisional.id,
      pid: process.pid,
      time: this.#options.now(),
      confirmTimeoutS: this.#options.confirmTimeoutS,
      devices: this.#active().map((member) => ({
        name: member.name,
        mode: member.target?.mode ?? 'plain',
        elements: member.plan.elements,
        undo: member.target?.undo ?? '',
      })),
    })
    for (const group of groupsOf(this.#active())) {
      await this.#each('committing', group, (member) => this.#commit(member))
      if (this.#mustCancel()) return
    }
    await this.#each('reading back', this.#active(), (member) => this.#readBack(member))
    if (this.#mustCancel() || this.#options.probe === undefined) return
    for (const member of this.#active()) this.#watch.phase(member.name, 'probing')
    try {
      await this.#options.probe(this.#options.signal)
    } catch (error) {
      for (const member of this.#active()) member.fail(error)
    }
  }

  async #commit(member: Member): Promise<void> {
    if (member.target?.mode !== 'persistent') {
      if (member.target?.mode === 'plain') {
        this.#watch.note(
          member.name,
          'has no confirmed commit: it goes last, and is undone by putting back what was there',
        )
      }
      await this.#journal?.append({ entry: 'committing', device: member.name })
    }
    member.committed = true
    await member.target?.commit(this.#provisional)
  }

  async #readBack(member: Member): Promise<void> {
    const { target } = member
    if (target === undefined) return
    let missing = await target.stillDifferent()
    if (missing.length > 0) {
      this.#watch.note(
        member.name,
        'said ok to the commit and changed nothing (known of netconfd 2.13): once more, without validate',
      )
      if (await target.commitAgain(this.#provisional)) missing = await target.stillDifferent()
    }
    member.verified = missing.length === 0
    if (missing.length > 0) throw withoutEffect(member.name, missing)
  }

  async #confirmAll(): Promise<void> {
    await this.#each('confirming', this.#active(), async (member) => {
      await member.target?.confirm(this.#provisional.id)
      member.status = 'applied'
      await this.#journal?.append({ entry: 'done', device: member.name })
      await member.target?.save()
    })
    await this.#endJournal('finish')
  }

  /** Before anything was committed: only the candidates have to be cleaned. */
  async #giveUp(): Promise<boolean> {
    await this.#each('discarding', this.#opened(), (member) => member.target?.discard() ?? Promise.resolve(), true)
    return false
  }

  async #cancelAll(): Promise<boolean> {
    await this.#journal?.append({ entry: 'decision', decision: 'cancel' })
    const committed = this.#members.filter((member) => member.committed)
    await this.#each(
      'rolling back',
      committed,
      async (member) => {
        await cancelMember(member, this.#provisional.id, this.#options)
        if (member.status !== 'failed') member.status = 'rolled-back'
        await this.#journal?.append({ entry: 'done', device: member.name })
      },
      true,
    )
    const rest = this.#opened().filter((member) => !member.committed)
    await this.#each('discarding', rest, (member) => member.target?.discard() ?? Promise.resolve(), true)
    for (const member of rest) await this.#journal?.append({ entry: 'done', device: member.name })
    await this.#endJournal('undo')
    return false
  }

  async #predictAndDiscard(): Promise<boolean> {
    await this.#each('discarding', this.#active(), async (member) => {
      const missed = await member.target?.predict()
      if (missed !== undefined) member.verified = missed.length === 0
      await member.target?.discard()
      member.status = 'would-change'
    })
    return false
  }

  async #hold(): Promise<boolean> {
    for (const member of this.#active()) member.status = 'applied'
    await this.#journal?.close()
    return true
  }

  async #endJournal(what: 'finish' | 'undo'): Promise<void> {
    const open = this.#members.filter((member) => member.committed && member.unsettled)
    if (open.length === 0) return this.#journal?.remove()
    for (const member of open) {
      this.#watch.note(
        member.name,
        `could not be reached to ${what} it: netconf-push recover does it; its own timer undoes what is not confirmed`,
      )
    }
    return this.#journal?.close()
  }

  /** Runs a phase on members; one that fails is marked and told. With `anyway`, on failed ones too. */
  async #each(
    phase: string,
    members: readonly Member[],
    work: (member: Member) => Promise<void>,
    anyway = false,
  ): Promise<void> {
    await forEachLimited(members, this.#options.concurrency, async (member) => {
      if (member.error !== undefined && !anyway) return
      this.#watch.phase(member.name, phase)
      try {
        await work(member)
      } catch (error) {
        if (phase === 'rolling back' || phase === 'confirming') member.unsettled = true
        member.fail(error)
        this.#watch.phase(member.name, `failed: ${toSegchainError(error).message}`)
      }
    })
  }

  #opened(): Member[] {
    return this.#members.filter((member) => member.target !== undefined)
  }

  #active(): Member[] {
    return this.#members.filter((member) => member.active)
  }

  #mustStop(): boolean {
    const failed = this.#members.some((member) => member.error !== undefined)
    return this.#options.signal.aborted || (failed && !this.#options.keepGoing)
  }

  /** Once something is committed there is no going on without a device: all or none. */
  #mustCancel(): boolean {
    return (
      this.#options.signal.aborted || this.#members.some((member) => member.committed && member.error !== undefined)
    )
  }
}

/** Over its session, or over a new one when that is gone. */
async function cancelMember(member: Member, id: string, options: TransactionOptions): Promise<void> {
  const { target } = member
  if (target === undefined) return
  const { undo } = target
  try {
    await settleCancel(target, id, undo)
  } catch (error) {
    if (!isSessionTrouble(error)) throw error
    await target.close()
    const fresh = await openTarget(member.plan, options)
    member.target = fresh
    await settleCancel(fresh, id, undo)
  }
}

/** The session broke, or what came through it was no answer: a new one may do. */
function isSessionTrouble(thrown: unknown): boolean {
  const { category } = toSegchainError(thrown)
  return category === 'connect' || category === 'data'
}

function groupsOf(members: readonly Member[]): Member[][] {
  const groups = new Map<number, Member[]>()
  for (const member of members) {
    const lastStep = Math.max(...member.plan.elements.map((element) => element.step))
    const key = member.target?.mode === 'plain' ? Number.MAX_SAFE_INTEGER : lastStep
    groups.set(key, [...(groups.get(key) ?? []), member])
  }
  return [...groups].sort(([a], [b]) => a - b).map(([, group]) => group)
}

async function refuseUnfinished(plans: readonly DevicePlan[], options: TransactionOptions): Promise<void> {
  const names = new Set(plans.map((plan) => plan.device.name))
  for (const other of await unfinishedTransactions(options.journalFolder)) {
    const shared = other.devices.find((device) => names.has(device.name) && !other.done.has(device.name))
    if (shared === undefined) continue
    throw new SegchainError({
      category: 'stale',
      code: 'TRANSACTION_UNFINISHED',
      message: `transaction ${other.id} of ${other.time} is not ended on ${shared.name}`,
      hint: stillRunning(other.pid)
        ? `process ${other.pid} is at it: wait for its end`
        : 'netconf-push recover finishes or undoes it; confirm or cancel decides on one that is held',
      where: { device: shared.name },
    })
  }
}
