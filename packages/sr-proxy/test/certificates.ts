import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

export interface Certificate {
  readonly certFile: string
  readonly keyFile: string
}

export interface Authority extends Certificate {
  readonly ca: Buffer
  /** A certificate for these subject alternative names (`DNS:a.example`). @param days of validity; -1: it ended yesterday */
  issue(names: string, days?: number): Certificate & { readonly cert: Buffer; readonly key: Buffer }
}

/** A certificate authority in a folder. @returns undefined without openssl */
export function authority(folder: string, name: string): Authority | undefined {
  const file = (what: string, ending: string): string => join(folder, `${name}-${what}.${ending}`)
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { stdio: 'ignore' })
  }
  const [certFile, keyFile] = [file('ca', 'crt'), file('ca', 'key')]
  try {
    openssl('req', '-x509', ...KEY, '-days', '1', '-subj', `/CN=${name}`, '-keyout', keyFile, '-out', certFile)
  } catch {
    return undefined
  }
  let issued = 0
  return {
    certFile,
    keyFile,
    ca: readFileSync(certFile),
    issue(names, days = 1) {
      const number = String(issued++)
      const own = { certFile: file(number, 'crt'), keyFile: file(number, 'key') }
      openssl('req', ...KEY, '-subj', `/CN=${number}`, '-keyout', own.keyFile, '-out', file(number, 'csr'))
      writeFileSync(file(number, 'ext'), `subjectAltName=${names}\n`)
      const signing = ['-CA', certFile, '-CAkey', keyFile, '-CAcreateserial', '-days', String(days)]
      openssl(
        'x509',
        '-req',
        '-in',
        file(number, 'csr'),
        ...signing,
        '-extfile',
        file(number, 'ext'),
        '-out',
        own.certFile,
      )
      return { ...own, cert: readFileSync(own.certFile), key: readFileSync(own.keyFile) }
    },
  }
}
