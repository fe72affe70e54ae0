import { readBytes } from '@segchain/cli-kit/files'
import { SegchainError } from '@segchain/records'
import type { AnyAuthMethod, ParsedKey } from 'ssh2'
import { loadSsh2 } from './ssh2.js'

export interface CredentialReferences {
  readonly user: string
  /** Path of the agent's socket. */
  readonly agent?: string
  readonly keyFile?: string
  /** A file with the password in its first line. */
  readonly passwordFile?: string
  /** A password that was read already, from a file descriptor. */
  readonly password?: string
}

/** The ways to authenticate in the order in which they are tried: agent, key file, password. */
export async function authMethods(references: CredentialReferences): Promise<AnyAuthMethod[]> {
  const { user: username } = references
  const methods: AnyAuthMethod[] = []
  if (references.agent !== undefined) methods.push({ type: 'agent', username, agent: references.agent })
  if (references.keyFile !== undefined)
    methods.push({ type: 'publickey', username, key: await readKey(references.keyFile) })
  const password = references.password ?? (await readPassword(references.passwordFile))
  if (password !== undefined) {
    methods.push({ type: 'password', username, password })
    // Several routers ask for the password by keyboard-interactive only.
    methods.push({
      type: 'keyboard-interactive',
      username,
      prompt: (_name, _instructions, _language, prompts, finish) => finish(prompts.map(() => password)),
    })
  }
  if (methods.length > 0) return methods
  throw new SegchainError({
    category: 'usage',
    code: 'NO_CREDENTIALS',
    message: 'nothing to authenticate with',
    hint: 'start an SSH agent (SSH_AUTH_SOCK), or name keyFile or passwordFile in the Device intent',
  })
}

async function readKey(path: string): Promise<ParsedKey> {
  const { utils } = await loadSsh2()
  const parsed = utils.parseKey(await readBytes(path))
  const key = Array.isArray(parsed) ? parsed[0] : parsed
  if (key instanceof Error || key === undefined) {
    const encrypted = key !== undefined && /passphrase|encrypted/i.test(key.message)
    throw new SegchainError({
      category: 'usage',
      code: 'KEY_FILE',
      message: encrypted ? `the key in ${path} has a passphrase` : `${path} holds no private key that can be used`,
      hint: encrypted ? 'add it to the SSH agent: ssh-add' : 'OpenSSH and PEM private keys can be used',
      where: { file: path },
    })
  }
  return key
}

async function readPassword(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined
  return (await readBytes(path)).toString('utf8').split(/\r?\n/, 1)[0]
}
