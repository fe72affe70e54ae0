import { Flags } from '@segchain/cli-kit'

export const journalFlag = Flags.string({
  helpValue: 'FOLDER',
  description:
    'where transactions are written down before they are committed [default: $XDG_STATE_HOME/segchain/netconf-push]',
})

/** What every command that talks to devices takes. */
export const deviceFlags = {
  devices: Flags.string({ required: true, helpValue: 'PATH', description: 'folder or file with the Device intents' }),
  device: Flags.string({ multiple: true, helpValue: 'NAME', description: 'only this device (may be repeated)' }),
  unsupported: Flags.string({
    options: ['error', 'skip'] as const,
    default: 'error',
    description: 'elements that a device cannot be told in its dialect',
  }),
  'known-hosts': Flags.string({
    multiple: true,
    helpValue: 'FILE',
    description: "host keys, instead of ssh's own files",
  }),
  'key-file': Flags.string({ helpValue: 'FILE', description: 'private key, for devices whose intent names none' }),
  'password-file': Flags.string({
    helpValue: 'FILE',
    description: 'password in the first line, for devices whose intent names none',
  }),
  'password-fd': Flags.integer({ min: 3, helpValue: 'N', description: 'read the password from this file descriptor' }),
  concurrency: Flags.integer({ min: 1, max: 1000, default: 16, description: 'devices at a time' }),
  'keep-alive': Flags.integer({
    min: 0,
    default: 15,
    helpValue: 'SECONDS',
    description: 'ask idle devices whether they are still there; three times without an answer is gone; 0 is never',
  }),
  'one-at-a-time': Flags.boolean({ description: 'send an RPC only when the one before it is answered' }),
  'connect-timeout': Flags.integer({ min: 1, default: 10, helpValue: 'SECONDS', description: 'for SSH and the hello' }),
  'rpc-timeout': Flags.integer({ min: 1, default: 60, helpValue: 'SECONDS', description: 'for an answer' }),
  'commit-timeout': Flags.integer({
    min: 1,
    default: 300,
    helpValue: 'SECONDS',
    description: 'for the answer to a commit',
  }),
}

const { unsupported: _unsupported, device: _device, ...reach } = deviceFlags
/** Of commands that take the devices from the journal. */
export const settleFlags = { ...reach, journal: journalFlag }

/** Of commands that decide on one transaction. */
export const decideFlags = {
  ...settleFlags,
  from: Flags.string({
    helpValue: 'RESULT',
    description: 'the result stream of apply --hold (- is stdin): all that another host needs',
  }),
  device: Flags.string({
    multiple: true,
    helpValue: 'NAME',
    description: 'on another host: a device of the transaction (may be repeated)',
  }),
}
