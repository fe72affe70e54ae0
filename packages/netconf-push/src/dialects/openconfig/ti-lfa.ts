import type { Express } from '../dialect.js'

export const tiLfa: Express<'ti-lfa'> = () => ({ unsupported: 'OpenConfig has no TI-LFA' })
