import type { Express } from './expression.js'

export const adjacencySid: Express<'adjacency-sid'> = () => ({
  unsupported: 'FRR takes the labels of its adjacencies out of the SRLB by itself',
})
