export { authoritiesOf, certifiedKey } from './certified-key.js'
export { fetchCertificate } from './fetch-certificate.js'
export { parseCertificate } from './parse-certificate.js'
export { verifySignature } from './verify-signature.js'
