import type { LabelledFile } from './given.js'

/** The files of both flags, each with its class. */
export function labelled(gaming: readonly string[] = [], other: readonly string[] = []): LabelledFile[] {
  return [...gaming.map((path) => ({ path, positive: true })), ...other.map((path) => ({ path, positive: false }))]
}
