import { SegchainError } from '@segchain/records'
import {
  type Command,
  diffConfig,
  expressForFrr,
  type FrrDiff,
  type FrrWanted,
  vtyshArguments,
} from '../dialects/frr/index.js'
import { factsOf } from '../dialects/index.js'
import type { Difference } from '../diff/index.js'
import { openSsh } from '../netconf/open-device.js'
import type { DevicePlan } from './device-plan.js'
import { diffFrrRemoval } from './frr-removal.js'
import type { CommitMode, Target } from './target.js'
import type { TargetOptions } from './target-options.js'
import { Vtysh } from './vtysh.js'

/**
 * FRR over SSH and vtysh. FRR has no candidate and no confirmed commit: what was there is kept, the
 * commands are given in one call, the running configuration is read back, and on any trouble what was
 * there is given back. vtysh stops at the first command that fails; those before it are in force, and
 * are undone.
 */
export class FrrTarget implements Target {
  readonly name: string
  readonly mode: CommitMode = 'plain'
  readonly #wanted: FrrWanted
  /** What is to go, with `removing`. */
  readonly #removing: FrrWanted | undefined
  readonly #vtysh: Vtysh
  #diff: FrrDiff = { differences: [], commands: [], undo: [] }

  private constructor(name: string, vtysh: Vtysh, wanted: FrrWanted, removing: FrrWanted | undefined) {
    this.name = name
    this.#wanted = wanted
    this.#removing = removing
    this.#vtysh = vtysh
  }

  static async open(plan: DevicePlan, options: TargetOptions): Promise<FrrTarget> {
    const facts = factsOf(plan.device, [...(plan.removing ?? []), ...plan.elements])
    const wanted = expressForFrr(plan.elements, facts)
    const removing = plan.removing === undefined ? undefined : expressForFrr(plan.removing, facts)
    const [refused] = wanted.refused
    if (refused !== undefined && options.unsupported === 'error') throw refused
    const vtysh = new Vtysh(plan.device, await openSsh(plan.device, options), options.timeouts.rpcMs)
    return new FrrTarget(plan.device.name, vtysh, wanted, removing)
  }

  get refused(): readonly SegchainError[] {
    return this.#wanted.refused
  }

  get wanted(): number {
    return (this.#removing ?? this.#wanted).expressed
  }

  get undo(): string {
    return JSON.stringify(this.#diff.undo)
  }

  /** As a file that FRR reads: its own tools take what vtysh says before it for a mistake, and the file for an empty one. */
  async wholeConfig(): Promise<string> {
    return (await this.#vtysh.showConfig()).replace(/^[^!]*Current configuration:\s*\n/, '')
  }

  async stillDifferent(): Promise<readonly Difference[]> {
    return (await this.#compare()).differences
  }

  async prepare(): Promise<readonly Difference[]> {
    this.#diff = await this.#compare()
    return this.#diff.differences
  }

  async stage(): Promise<void> {
    // There is no candidate: what would be sent is checked for its form only.
    vtyshArguments(this.#diff.commands)
  }

  async predict(): Promise<undefined> {
    return undefined
  }

  async discard(): Promise<void> {
    // Nothing is staged.
  }

  async commit(): Promise<void> {
    await this.#vtysh.configure(this.#diff.commands)
  }

  async commitAgain(): Promise<boolean> {
    return false
  }

  async confirm(): Promise<void> {
    // In force for good since the commit.
  }

  async cancel(): Promise<void> {
    await this.putBack(this.undo)
  }

  /** One call for each command: those that were never given cannot be taken back, and fail. */
  async putBack(undo: string): Promise<void> {
    const commands = JSON.parse(undo === '' ? '[]' : undo) as readonly Command[]
    for (const command of commands) await this.#vtysh.configure([command]).catch(connectOnly)
    const left = commands.length === 0 ? [] : await this.#notTakenBack(commands)
    if (left.length === 0) return
    throw new SegchainError({
      category: 'rejected',
      code: 'ROLLBACK_INCOMPLETE',
      message: `FRR did not take back everything: ${left.join('; ')}`,
      hint: 'take it back by hand in vtysh',
      where: { device: this.name },
    })
  }

  async disarm(): Promise<void> {
    // There is no timer.
  }

  async save(): Promise<void> {
    await this.#vtysh.save()
  }

  async close(): Promise<void> {
    this.#vtysh.close()
  }

  async #compare(): Promise<FrrDiff> {
    const running = await this.#vtysh.readConfig()
    if (this.#removing !== undefined) {
      return diffFrrRemoval(running, this.#removing.statements, this.#wanted.statements)
    }
    return diffConfig(running, this.#wanted.statements, this.#wanted.owned)
  }

  /** Lines that an undo of the form `no …` should have removed, and that are still there. */
  async #notTakenBack(commands: readonly Command[]): Promise<string[]> {
    const running = await this.#vtysh.readConfig()
    return commands.flatMap(({ context, line }) => {
      const gone = line.startsWith('no ') ? line.slice(3) : undefined
      let block: typeof running | undefined = running
      for (const part of context) block = block?.children.find((child) => child.line === part)
      return gone !== undefined && block?.children.some((child) => child.line === gone) === true ? [gone] : []
    })
  }
}

/** A command that FRR does not take is looked for afterwards; a lost connection is the end. */
function connectOnly(thrown: unknown): void {
  if (thrown instanceof SegchainError && thrown.category === 'rejected') return
  throw thrown
}
