import type { OutputFormat, Renderer } from './renderer.js'

/** Only the renderer that is asked for is loaded. */
export async function createRenderer(format: OutputFormat, colour: boolean): Promise<Renderer> {
  switch (format) {
    case 'ndjson':
      return (await import('./ndjson.js')).ndjsonRenderer()
    case 'json':
      return (await import('./json.js')).jsonRenderer()
    case 'yaml':
      return (await import('./yaml.js')).yamlRenderer()
    case 'table':
    case 'wide':
      return (await import('./table.js')).tableRenderer({ wide: format === 'wide', colour })
  }
}
