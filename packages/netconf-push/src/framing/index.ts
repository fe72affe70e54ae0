export { Deframer, type FrameSink } from './deframer.js'
export { END_OF_MESSAGE, type Framing, frame } from './frame.js'
