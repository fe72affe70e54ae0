import { stringify } from 'yaml'
import type { Renderer } from './renderer.js'

/** One YAML document a record. */
export function yamlRenderer(): Renderer {
  return { record: (record) => `---\n${stringify(record, { lineWidth: 0 })}`, end: () => '' }
}
