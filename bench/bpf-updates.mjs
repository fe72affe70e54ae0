// Entries of a hash map written per second: our helper in batches, our helper one by one, bpftool's batch mode.
// Needs root, and bpftool for the comparison. node bench/bpf-updates.mjs [entries]
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const dist = new URL('../packages/sr-proxy/dist/src/bpf/', import.meta.url)
if (process.platform !== 'linux' || process.getuid?.() !== 0) {
  console.error('needs root on Linux: sudo node bench/bpf-updates.mjs')
  process.exit(2)
}
const { Helper } = await import(new URL('helper-process.js', dist))
const { Kernel } = await import(new URL('kernel.js', dist))
const { loadObject } = await import(new URL('load.js', dist))
const { parseObject } = await import(new URL('object.js', dist))

const count = Number(process.argv[2] ?? 50_000)
const helper = Helper.start()
const object = readFileSync(new URL('../packages/sr-proxy/test/fixtures/loader/loader.bpf.o', import.meta.url))
const kernel = new Kernel(helper)
const { tables } = await loadObject(kernel, parseObject(object), { maxEntries: new Map([['labels', count]]) })
const table = tables.get('labels')
const entries = Array.from({ length: count }, (_, index) => {
  const key = Buffer.alloc(4)
  key.writeUInt32LE(index)
  return { key, value: Buffer.alloc(16, index) }
})
const rows = []
const measure = async (how, entriesWritten, work) => {
  const started = performance.now()
  await work()
  const seconds = (performance.now() - started) / 1000
  rows.push({ how, entries: entriesWritten, 'per second': Math.round(entriesWritten / seconds) })
}
await measure('helper, batches', count, () => table.setAll(entries))
await measure('helper, one after the other', 5000, async () => {
  for (const { key, value } of entries.slice(0, 5000)) await table.set(key, value)
})
const pin = `/sys/fs/bpf/segchain-bench-${process.pid}`
const folder = mkdtempSync(join(tmpdir(), 'segchain-bench-'))
try {
  await kernel.pin(table.descriptor, pin)
  const hex = (bytes) => bytes.toString('hex').match(/../g).join(' ')
  const lines = entries.map(({ key, value }) => `map update pinned ${pin} key hex ${hex(key)} value hex ${hex(value)}`)
  writeFileSync(join(folder, 'batch'), `${lines.join('\n')}\n`)
  await measure('bpftool batch', count, () => {
    const { status, stderr } = spawnSync('bpftool', ['batch', 'file', join(folder, 'batch')])
    if (status !== 0) throw new Error(`bpftool: ${stderr ?? 'not installed'}`)
  })
} catch (error) {
  console.error(String(error))
} finally {
  rmSync(pin, { force: true })
  rmSync(folder, { recursive: true })
  await helper.stop()
}
console.table(rows)
