import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { connect } from 'node:net'
import { dirname } from 'node:path'
import type { Check } from '@segchain/cli-kit/setup'
import { defaultJournalFolder } from '../transaction/journal.js'
import { unfinishedTransactions } from '../transaction/journal-state.js'
import { loadKnownHosts } from '../transport/load-known-hosts.js'

/** What transactions need of the machine. */
export const machineChecks: readonly Check[] = [
  {
    id: 'ssh-agent',
    what: 'an SSH agent that answers',
    look: async () => {
      const socket = process.env.SSH_AUTH_SOCK ?? ''
      const hint = 'eval $(ssh-agent) && ssh-add; not needed where --key-file or the Device intents name keys'
      if (socket === '') return { outcome: 'untested', detail: 'SSH_AUTH_SOCK is not set', hint }
      return (await answers(socket)) ? { outcome: 'ok', detail: socket } : { outcome: 'missing', detail: socket, hint }
    },
  },
  {
    id: 'known-hosts',
    what: 'host keys in the files of ssh',
    look: async () => {
      const { length } = await loadKnownHosts(undefined)
      const hint =
        'ssh-keyscan -p 830 DEVICE, compare the key, append it to ~/.ssh/known_hosts; or use --known-hosts FILE'
      return length > 0 ? { outcome: 'ok', detail: `${length} lines` } : { outcome: 'missing', hint }
    },
  },
  {
    id: 'journal',
    what: 'a folder for the journal that can be written',
    look: async () => {
      const folder = defaultJournalFolder()
      const place = await firstThere(folder)
      const writable = await access(place, constants.W_OK).then(
        () => true,
        () => false,
      )
      return writable
        ? { outcome: 'ok', detail: folder }
        : { outcome: 'missing', detail: folder, hint: `no right to write in ${place}; --journal FOLDER takes another` }
    },
  },
  {
    id: 'unfinished',
    what: 'no transaction that was begun and not ended',
    look: async () => {
      const open = await unfinishedTransactions(defaultJournalFolder())
      if (open.length === 0) return { outcome: 'ok' }
      const detail = open.map(({ id, time }) => `${id} of ${time}`).join(', ')
      return { outcome: 'missing', detail, hint: 'netconf-push recover, confirm or cancel' }
    },
  },
]

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const stream = connect(socket)
    stream.setTimeout(2000, () => stream.destroy(new Error('silent')))
    stream.once('error', () => resolve(false))
    stream.once('connect', () => {
      stream.destroy()
      resolve(true)
    })
  })
}

/** The folder, or the nearest above it that is there. */
async function firstThere(folder: string): Promise<string> {
  const there = await access(folder).then(
    () => true,
    () => false,
  )
  return there || dirname(folder) === folder ? folder : firstThere(dirname(folder))
}
