import type { Renderer } from './renderer.js'

/** One JSON array, written as it grows. */
export function jsonRenderer(): Renderer {
  let separator = '[\n'
  return {
    record(record) {
      const text = `${separator}${indent(JSON.stringify(record, undefined, 2))}`
      separator = ',\n'
      return text
    },
    end: () => (separator === '[\n' ? '[]\n' : '\n]\n'),
  }
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ')
}
