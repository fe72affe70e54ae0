/** As much of the WebAssembly API as we use: Node's types do not have it (it comes with the browser's). */
interface WebAssemblyApi {
  readonly instantiate: (code: Uint8Array<ArrayBuffer>) => Promise<{ readonly instance: { readonly exports: unknown } }>
}

export interface WebAssemblyMemory {
  readonly buffer: ArrayBuffer
}

export const { instantiate } = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly
