export { connectSsh, type SshConnection, type SshTarget } from './connect.js'
export { authMethods, type CredentialReferences } from './credentials.js'
export * from './known-hosts/index.js'
export { loadKnownHosts } from './load-known-hosts.js'
