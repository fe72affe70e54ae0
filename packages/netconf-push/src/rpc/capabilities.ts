/** The capability URNs of RFC 6241 §8 and of the standards that we ask for. */
export const capability = {
  base10: 'urn:ietf:params:netconf:base:1.0',
  base11: 'urn:ietf:params:netconf:base:1.1',
  candidate: 'urn:ietf:params:netconf:capability:candidate:1.0',
  writableRunning: 'urn:ietf:params:netconf:capability:writable-running:1.0',
  confirmedCommit10: 'urn:ietf:params:netconf:capability:confirmed-commit:1.0',
  confirmedCommit11: 'urn:ietf:params:netconf:capability:confirmed-commit:1.1',
  rollbackOnError: 'urn:ietf:params:netconf:capability:rollback-on-error:1.0',
  validate10: 'urn:ietf:params:netconf:capability:validate:1.0',
  validate11: 'urn:ietf:params:netconf:capability:validate:1.1',
  startup: 'urn:ietf:params:netconf:capability:startup:1.0',
} as const

/** Written so by NX-OS, and beside the right ones by Junos and SR OS. */
const MISSPELT = 'urn:ietf:params:xml:ns:netconf:'
const PREFIX = 'urn:ietf:params:netconf:'

/** The URN of a capability of NETCONF itself, without parameters; of others all of the URI. */
function baseOf(uri: string): string {
  const known = uri.startsWith(MISSPELT) ? PREFIX + uri.slice(MISSPELT.length) : uri
  return (known.startsWith(PREFIX) ? known.split('?')[0] : known) ?? known
}

/** What a server said in its hello. */
export class Capabilities {
  readonly uris: readonly string[]
  readonly #bases: ReadonlySet<string>
  readonly #modules = new Map<string, string>()

  constructor(uris: readonly string[]) {
    this.uris = uris
    this.#bases = new Set(uris.map(baseOf))
    for (const uri of uris) {
      const [namespace, query] = splitOnce(uri, '?')
      if (query === undefined) continue
      const parameters = new URLSearchParams(query.replaceAll('&amp;', '&'))
      const module = parameters.get('module')
      if (module !== null) this.#modules.set(module, namespace)
    }
  }

  has(uri: string): boolean {
    return this.#bases.has(uri)
  }

  /** Modules that the hello names (RFC 6020 §5.6.4); YANG 1.1 modules may stand in the YANG library only. */
  get modules(): ReadonlyMap<string, string> {
    return this.#modules
  }

  get chunked(): boolean {
    return this.has(capability.base11)
  }

  get candidate(): boolean {
    return this.has(capability.candidate)
  }

  get validate(): boolean {
    return this.has(capability.validate11) || this.has(capability.validate10)
  }

  /** With persist-id (RFC 6241 §8.4), so that another session can confirm and cancel. */
  get persistentConfirmedCommit(): boolean {
    return this.has(capability.confirmedCommit11)
  }

  get confirmedCommit(): boolean {
    return this.persistentConfirmedCommit || this.has(capability.confirmedCommit10)
  }

  get startup(): boolean {
    return this.has(capability.startup)
  }
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}
