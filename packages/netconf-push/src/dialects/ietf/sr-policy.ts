import type { Express } from '../dialect.js'

export const srPolicy: Express<'sr-policy'> = () => ({
  unsupported: 'the IETF has published no model of SR Policies (draft-ietf-spring-sr-policy-yang)',
})
