import { readFile } from 'node:fs/promises'
import { WasmDataPlane } from './data-plane.js'

/** The data plane that ships with the package. */
export async function loadWasm(): Promise<WasmDataPlane> {
  // dist/src/wasm → the package
  const path = new URL('../../../bpf/objects/sr-proxy.wasm', import.meta.url)
  return WasmDataPlane.create(new Uint8Array(await readFile(path)))
}
