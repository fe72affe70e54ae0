export { hostKeyAlgorithms } from './algorithms.js'
export { globMatches, knownHostName, lineMatches } from './match.js'
export { type KnownHostLine, parseKnownHosts } from './parse.js'
export { fingerprint, keyTypeOf, knownHostLine, verifyHostKey } from './verify.js'
