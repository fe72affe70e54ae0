// One transaction over 100, 300 and 1,000 embedded devices; they run in a process of their own, so that time on the CPU
// and memory are the client's. Every count is run in a fresh client.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))
console.log('devices   seconds   ms a device   CPU ms a device   peak MB of the client   applied')
for (const count of [100, 300, 1000]) {
  const folder = mkdtempSync(join(tmpdir(), 'segchain-bench-'))
  const farm = spawn(process.execPath, [here('farm.mjs'), String(count)], { stdio: ['pipe', 'pipe', 'inherit'] })
  try {
    const [line] = await new Promise((resolve) =>
      createInterface({ input: farm.stdout }).on('line', (...l) => resolve(l)),
    )
    const file = join(folder, 'farm.json')
    writeFileSync(file, line, { mode: 0o600 })
    execFileSync(process.execPath, [here('many.mjs'), file, folder], { stdio: 'inherit' })
  } finally {
    farm.stdin.end()
    rmSync(folder, { recursive: true, force: true })
  }
}
