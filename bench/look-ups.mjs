// How long one of many sessions takes to be found, in no order, in tables of several kinds: what a cache and a TLB miss cost here.
// Needs root and clang 14. node bench/look-ups.mjs [sessions, a million]
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const dist = new URL('../packages/sr-proxy/dist/src/bpf/', import.meta.url)
const { Attr, Command } = await import(new URL('attr.js', dist))
const { Helper } = await import(new URL('helper-process.js', dist))
const { Kernel } = await import(new URL('kernel.js', dist))
const { loadObject } = await import(new URL('load.js', dist))
const { parseObject } = await import(new URL('object.js', dist))

const count = Number(process.argv[2] ?? 1_000_000)
const lines = 2 ** Math.ceil(Math.log2(count))
const LINES_IN_CHUNK = 496
const LOOK_UPS = 256
const REPEAT = 8000

const work = mkdtempSync(join(tmpdir(), 'segchain-look-ups-'))
const helper = Helper.start()
try {
  const out = join(work, 'look-ups.o')
  const source = new URL('pps/look-ups.bpf.c', import.meta.url).pathname
  const sh = (command) => execFileSync('sh', ['-c', command])
  sh(`clang-14 --target=bpfel -mcpu=v3 -O2 -g -I/usr/include/$(uname -m)-linux-gnu -c ${source} -o ${out}`)
  sh(`llvm-objcopy-14 --strip-debug --remove-section=.BTF.ext --remove-section=.rel.BTF.ext ${out}`)
  const spec = parseObject(readFileSync(out))
  const kernel = new Kernel(helper)
  const chunks = Math.ceil(lines / LINES_IN_CHUNK)
  const maxEntries = new Map([
    ['lines', lines],
    ['chunks', chunks],
    ...['lru', 'hash', 'slab'].map((name) => [name, 2 * count]),
  ])
  const { programs, tables } = await loadObject(kernel, spec, { maxEntries })
  await fillChunks(kernel, spec, tables, chunks)
  for (const name of ['lru', 'hash', 'slab']) await fill(tables.get(name))
  const of = {
    in_lines: 'array of lines of 64 bytes (pages of 4 kB)',
    in_chunks: "array of maps of 496 lines each (the kernel's direct map)",
    in_lru: 'LRU hash table, 92 bytes a value',
    in_hash: 'hash table',
    in_slab: 'hash table, elements allocated one by one (direct map)',
  }
  const ns = Object.fromEntries(Object.keys(of).map((name) => [name, []]))
  for (const sessions of [1000, count]) {
    for (let round = 0; round < 5; round++)
      for (const name of Object.keys(of)) ns[name].push(await run(programs.get(name), tables, sessions))
    for (const [name, what] of Object.entries(of)) {
      const best = Math.min(...ns[name].splice(0))
      console.log(`${best.toFixed(0).padStart(5)} ns  ${sessions.toLocaleString('en')} sessions: ${what}`)
    }
  }
} finally {
  await helper.stop()
  rmSync(work, { recursive: true })
}

/** All at once: for each by itself the kernel would wait until no program reads. */
async function fillChunks(kernel, spec, tables, chunks) {
  const inner = spec.maps.find(({ name }) => name === 'chunks').inner
  const descriptors = []
  for (let chunk = 0; chunk < chunks; chunk++) descriptors.push(await kernel.createMap(inner, undefined, undefined))
  const attr = new Attr(56).u32(32, chunks).u32(36, tables.get('chunks').descriptor)
  const { result } = await helper.bpf(Command.mapUpdateBatch, attr.bytes, [
    { at: 16, in: words(descriptors.map((_, index) => index)) },
    { at: 24, in: words(descriptors) },
  ])
  if (result < 0) throw new Error(`chunks: errno ${-result}`)
}

async function fill(table) {
  for (let from = 0; from < count; from += 20_000) {
    const some = Array.from({ length: Math.min(20_000, count - from) }, (_, index) => from + index)
    await table.setAll(some.map((session) => ({ key: words([session, session, 0, 0]), value: Buffer.alloc(92) })))
  }
}

/** @returns ns of one look-up */
async function run(program, tables, sessions) {
  await tables.get('settings').set(words([0]), words([sessions, lines]))
  const attr = new Attr(80).u32(0, program).u32(8, 64).u32(32, REPEAT)
  const { result, attr: after } = await helper.bpf(Command.testRun, attr.bytes, [{ at: 16, in: Buffer.alloc(64) }])
  if (result < 0 || after.readUInt32LE(4) === 0) throw new Error(`test run: ${result}`)
  return after.readUInt32LE(36) / LOOK_UPS
}

function words(values) {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, 4 * index)
  return bytes
}
