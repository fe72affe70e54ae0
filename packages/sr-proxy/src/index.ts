export { type DropReason, dropReasons } from './drop-reasons.js'
