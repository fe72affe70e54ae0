import { Args } from '@oclif/core'

/**
 * An optional positional argument that names an input: a file, or `-` for stdin (the default).
 * oclif would fill a missing argument from stdin and eat the stream: `ignoreStdin` forbids it.
 */
export function inputArgument(options: { readonly description: string }) {
  return Args.string({ description: `${options.description} (- or nothing: stdin)`, ignoreStdin: true })
}

/** A positional argument that must be there. */
export function requiredArgument(options: { readonly description: string }) {
  return Args.string({ description: options.description, required: true, ignoreStdin: true })
}
