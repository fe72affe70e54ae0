/** Okabe and Ito's colours: told apart by everybody. */
const COLOURS = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#8a6d00']
/** Of algorithms: darker, and none of the colours of chains. */
const ALGORITHM_COLOURS = ['#5b21b6', '#9f1239', '#115e59', '#854d0e', '#1e3a8a', '#3f6212']

/** Of the chain with this number. */
export function colourOf(chain: number): string {
  return COLOURS[chain % COLOURS.length] ?? '#0072B2'
}

/** Of the algorithm that is so far up among those drawn. */
export function colourOfAlgorithm(rank: number): string {
  return ALGORITHM_COLOURS[rank % ALGORITHM_COLOURS.length] ?? '#5b21b6'
}
