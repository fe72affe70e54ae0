import { SegchainError } from '@segchain/records'
import { runCommand } from '../cli/run-command.js'
import {
  type Command,
  diffConfig,
  expressForFrr,
  type FrrDiff,
  type FrrWanted,
  parseConfig,
  vtyshArguments,
} from '../dialects/frr/index.js'
import { factsOf } from '../dialects/index.js'
import type { Difference } from '../diff/index.js'
import { type OpenSsh, openSsh } from '../netconf/open-device.js'
import type { DevicePlan } from './device-plan.js'
import { diffFrrRemoval } from './frr-removal.js'
import type { CommitMode, Target } from './target.js'
import type { TargetOptions } from './target-options.js'

/**
 * FRR over SSH and vtysh. FRR has no candidate and no confirmed commit: what was there is kept, the
 * commands are given in one call, the running configuration is read back, and on any trouble what was
 * there is given back. vtysh stops at the first command that fails; those before it are in force, and
 * are undone.
 */
export class FrrTarget implements Target {
  readonly name: string
  readonly mode: CommitMode = 'plain'
  readonly #ssh: OpenSsh
  readonly #wanted: FrrWanted
  /** What is to go, with `removing`. */
  readonly #removing: FrrWanted | undefined
  readonly #options: TargetOptions
  readonly #vtysh: string
  #diff: FrrDiff = { differences: [], commands: [], undo: [] }

  private constructor(
    plan: DevicePlan,
    ssh: OpenSsh,
    wanted: FrrWanted,
    removing: FrrWanted | undefined,
    options: TargetOptions,
  ) {
    this.name = plan.device.name
    this.#ssh = ssh
    this.#wanted = wanted
    this.#removing = removing
    this.#options = options
    this.#vtysh = plan.device.pathspace === undefined ? 'vtysh' : `vtysh -N ${plan.device.pathspace}`
  }

  static async open(plan: DevicePlan, options: TargetOptions): Promise<FrrTarget> {
    const facts = factsOf(plan.device, [...(plan.removing ?? []), ...plan.elements])
    const wanted = expressForFrr(plan.elements, facts)
    const removing = plan.removing === undefined ? undefined : expressForFrr(plan.removing, facts)
    const [refused] = wanted.refused
    if (refused !== undefined && options.unsupported === 'error') throw refused
    return new FrrTarget(plan, await openSsh(plan.device, options), wanted, removing, options)
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

  wholeConfig(): Promise<string> {
    return this.#run("-c 'show running-config'")
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
    await this.#configure(this.#diff.commands)
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
    for (const command of commands) await this.#configure([command]).catch(connectOnly)
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
    await this.#run("-c 'write memory'")
  }

  async close(): Promise<void> {
    this.#ssh.close()
  }

  async #compare(): Promise<FrrDiff> {
    const running = parseConfig(await this.#run("-c 'show running-config'"))
    if (this.#removing !== undefined) {
      return diffFrrRemoval(running, this.#removing.statements, this.#wanted.statements)
    }
    return diffConfig(running, this.#wanted.statements, this.#wanted.owned)
  }

  async #configure(commands: readonly Command[]): Promise<void> {
    if (commands.length > 0) await this.#run(vtyshArguments(commands))
  }

  /** Lines that an undo of the form `no …` should have removed, and that are still there. */
  async #notTakenBack(commands: readonly Command[]): Promise<string[]> {
    const running = parseConfig(await this.#run("-c 'show running-config'"))
    return commands.flatMap(({ context, line }) => {
      const gone = line.startsWith('no ') ? line.slice(3) : undefined
      let block: typeof running | undefined = running
      for (const part of context) block = block?.children.find((child) => child.line === part)
      return gone !== undefined && block?.children.some((child) => child.line === gone) === true ? [gone] : []
    })
  }

  async #run(args: string): Promise<string> {
    const { code, stdout, stderr } = await runCommand(
      this.#ssh.connection,
      `${this.#vtysh} ${args}`,
      this.#options.timeouts.rpcMs,
    )
    const complaint = complaintOf(`${stdout}\n${stderr}`)
    if (code === 0 && complaint === undefined) return stdout
    throw new SegchainError({
      category: 'rejected',
      code: 'VTYSH',
      message: `vtysh: ${complaint ?? (`${stderr}\n${stdout}`.trim().split('\n').at(-1) || `exit ${code}`)}`,
      hint:
        code === 127
          ? 'vtysh is not in the path of this user'
          : 'the version of FRR may not know the command, or the daemon does not run',
      where: { device: this.name },
    })
  }
}

/** A command that FRR does not take is looked for afterwards; a lost connection is the end. */
function connectOnly(thrown: unknown): void {
  if (thrown instanceof SegchainError && thrown.category === 'rejected') return
  throw thrown
}

/** What vtysh has against a command: the line that says so, and what YANG has against its values. */
function complaintOf(output: string): string | undefined {
  const lines = output.split('\n').map((line) => line.trim())
  const complaint = lines.find((line) => line.startsWith('%') && !line.startsWith(NOTE))
  const why = lines.filter((line) => /^(Path|Error|Error type): /.test(line))
  return complaint === undefined || why.length === 0 ? complaint : `${complaint} ${why.join(' ')}`
}

/** FRR 10 says so of every command that enters a block that is there: nothing is wrong. */
const NOTE = '% Configuration applied with notes'
