export * from './element.js'
export * from './parse.js'
export * from './serialize.js'
export * from './write.js'
