import { statfsSync } from 'node:fs'

const BPF_FS = 0xcafe4a11

export function isBpfFs(path: string): boolean {
  try {
    return statfsSync(path).type === BPF_FS
  } catch {
    return false
  }
}
