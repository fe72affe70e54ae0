import { SegchainError } from '@segchain/records'
import { runCommand } from '../cli/run-command.js'
import { type Command, parseConfig, vtyshCalls } from '../dialects/frr/index.js'
import type { OpenSsh } from '../netconf/open-device.js'
import type { DevicePlan } from './device-plan.js'

/** vtysh on one device, over SSH. */
export class Vtysh {
  readonly #device: string
  readonly #ssh: OpenSsh
  readonly #program: string
  readonly #timeoutMs: number

  constructor({ name, pathspace }: DevicePlan['device'], ssh: OpenSsh, timeoutMs: number) {
    this.#device = name
    this.#ssh = ssh
    this.#program = pathspace === undefined ? 'vtysh' : `vtysh -N ${pathspace}`
    this.#timeoutMs = timeoutMs
  }

  showConfig(): Promise<string> {
    return this.#run("-c 'show running-config'")
  }

  async readConfig(): Promise<ReturnType<typeof parseConfig>> {
    return parseConfig(await this.showConfig())
  }

  /** All in one call, as far as a shell takes so many. @throws {SegchainError} category `rejected`: at the first that fails; those before it are in force. */
  async configure(commands: readonly Command[]): Promise<void> {
    for (const call of vtyshCalls(commands)) await this.#run(call)
  }

  async save(): Promise<void> {
    await this.#run("-c 'write memory'")
  }

  close(): void {
    this.#ssh.close()
  }

  async #run(args: string): Promise<string> {
    const { connection } = this.#ssh
    const { code, stdout, stderr } = await runCommand(connection, `${this.#program} ${args}`, this.#timeoutMs)
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
      where: { device: this.#device },
    })
  }
}

/** What vtysh has against a command: the line that says so, and what YANG has against its values. */
function complaintOf(output: string): string | undefined {
  const lines = output.split('\n').map((line) => line.trim())
  const complaint = lines.find((line) => line.startsWith('%') && !NOTE.test(line))
  const why = lines.filter((line) => /^(Path|Error|Error type): /.test(line))
  return complaint === undefined || why.length === 0 ? complaint : `${complaint} ${why.join(' ')}`
}

/**
 * Nothing is wrong: FRR 10 says the first of every command that enters a block that is there, and vtysh the second of its
 * own file, which containers of FRR do not have, and others may not read.
 */
const NOTE = /^% (Configuration applied with notes|Can't open configuration file \S*vtysh\.conf )/
