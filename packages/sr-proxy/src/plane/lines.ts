/**
 * Lines of memory for so many sessions (`session_lines4`): half of their places stay free, so that most sessions find
 * one. The data plane wants a power of two.
 */
export function linesFor(sessions: number): number {
  return 2 ** Math.ceil(Math.log2(sessions))
}
