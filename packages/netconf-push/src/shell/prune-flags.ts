import { Flags } from '@segchain/cli-kit'

/** What is ours and not in the plan any more. */
export const pruneFlags = {
  prune: Flags.boolean({
    description:
      'remove what was applied from here earlier and is not in the plan any more (after all else, in reverse order)',
  }),
  previous: Flags.string({
    helpValue: 'PLAN',
    dependsOn: ['prune'],
    description: 'the plan that was applied before, in place of the own records of it',
  }),
}
