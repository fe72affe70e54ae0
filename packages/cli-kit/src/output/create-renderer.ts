import type { OutputFormat, Renderer } from './renderer.js'

/** Only the renderer that is asked for is loaded. @param width columns of the terminal, where stdout is one. */
export async function createRenderer(format: OutputFormat, colour: boolean, width?: number): Promise<Renderer> {
  switch (format) {
    case 'ndjson':
      return (await import('./ndjson.js')).ndjsonRenderer()
    case 'json':
      return (await import('./json.js')).jsonRenderer()
    case 'yaml':
      return (await import('./yaml.js')).yamlRenderer()
    case 'table':
    case 'wide':
      return (await import('./table.js')).tableRenderer({
        wide: format === 'wide',
        colour,
        ...(width === undefined ? {} : { width }),
      })
  }
}
