import { Flags } from '@segchain/cli-kit'

/** What every command that talks to a daemon takes. */
export const clientFlags = {
  socket: Flags.string({
    helpValue: 'PATH',
    description: 'of the daemon',
    default: '/run/segchain/sr-proxy.sock',
  }),
}
