import { Flags } from '@segchain/cli-kit'

/** What every command takes. */
export const proxyFlags = {
  devices: Flags.string({ required: true, helpValue: 'PATH', description: 'folder or file with the Device intents' }),
  device: Flags.string({ multiple: true, helpValue: 'NAME', description: 'only this device (may be repeated)' }),
  owner: Flags.string({ default: 'plan', description: 'whose tables on the proxies: others are never touched' }),
  prune: Flags.boolean({ description: 'labels of ours that the plan does not name are taken away' }),
  unsupported: Flags.string({
    options: ['error', 'skip'] as const,
    default: 'error',
    description: 'elements that a proxy cannot do',
  }),
  timeout: Flags.integer({ min: 1, default: 30, helpValue: 'SECONDS', description: 'for an answer' }),
}
