export { Deframer } from './deframer.js'
export { END_OF_MESSAGE, type Framing, frame } from './frame.js'
export type { FrameSink } from './framing-state.js'
