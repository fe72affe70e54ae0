export * from './matrix.js'
export { type Row, rows } from './rows.js'
export { sayableTogether } from './together.js'
