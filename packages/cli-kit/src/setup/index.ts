export type { Check, Finding } from './check.js'
export { ConfigShow } from './config-show.js'
export { Doctor } from './doctor.js'
export { findProgram } from './find-program.js'
