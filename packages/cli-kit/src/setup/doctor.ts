import type { CheckRecord } from '@segchain/records'
import { toSegchainError } from '@segchain/records/error'
import { exitCodeOfCategory } from '../exit-codes.js'
import { ToolCommand } from '../tool-command.js'
import type { ToolIo } from '../tool-io.js'
import type { Check, Finding } from './check.js'
import { commonChecks } from './common-checks.js'

/** `TOOL doctor`: the same in every tool but for what it needs of the machine. */
export abstract class Doctor extends ToolCommand<typeof Doctor> {
  static override summary = 'look whether the machine has what this tool needs'
  static override description = 'Changes nothing. Ends with 2 when something is missing.'
  static override schema = 'segchain.setup/1' as const
  static override examples = [
    '<%= config.bin %> doctor',
    '<%= config.bin %> doctor -o ndjson | jq -r \'select(.outcome == "missing") | .hint\'',
  ]

  /** Besides what every tool needs. */
  protected abstract checks(): readonly Check[]

  protected async execute(io: ToolIo<typeof Doctor>): Promise<void> {
    const out = await io.open()
    let missing = 0
    for (const check of [...commonChecks(this.config), ...this.checks()]) {
      const found = await outcomeOf(check)
      if (found.outcome === 'missing') missing++
      await out.write(recordOf(check, found))
    }
    if (missing > 0) io.exitCode = exitCodeOfCategory.usage
    await out.end({ outcome: missing > 0 ? 'failed' : 'ok', exitCode: io.exitCode })
  }
}

async function outcomeOf(check: Check): Promise<Finding> {
  try {
    return await check.look()
  } catch (thrown) {
    const { message, hint } = toSegchainError(thrown)
    return { outcome: 'untested', detail: message, ...(hint === undefined ? {} : { hint }) }
  }
}

/** A hint is for what is not well. */
function recordOf({ id, what }: Check, { outcome, detail, hint }: Finding): CheckRecord {
  return {
    kind: 'check',
    id,
    outcome,
    what,
    ...(detail === undefined ? {} : { detail }),
    ...(hint === undefined || outcome === 'ok' ? {} : { hint }),
  }
}
