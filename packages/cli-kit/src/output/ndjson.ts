import type { Renderer } from './renderer.js'

export function ndjsonRenderer(): Renderer {
  return { record: (record) => `${JSON.stringify(record)}\n`, end: () => '' }
}
