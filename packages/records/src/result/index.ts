export * from './change.js'
export * from './device-result.js'
export * from './transaction.js'
