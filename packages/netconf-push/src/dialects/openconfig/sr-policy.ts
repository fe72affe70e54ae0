import type { Express } from '../dialect.js'

export const srPolicy: Express<'sr-policy'> = () => ({
  unsupported: 'OpenConfig shows SR Policies and does not configure them (openconfig-srte-policy)',
})
