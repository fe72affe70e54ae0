export * from './impact.js'
export * from './path.js'
export * from './repair.js'
export * from './trace.js'
