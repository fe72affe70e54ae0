import { after, before, describe, test } from 'node:test'
import { answers } from './cases/answers.js'
import { aware } from './cases/aware.js'
import { chains } from './cases/chains.js'
import { fragments } from './cases/fragments.js'
import { hostile } from './cases/hostile.js'
import { labels } from './cases/labels.js'
import { mtu } from './cases/mtu.js'
import { parsing } from './cases/parsing.js'
import { runCase } from './cases/run.js'
import { services } from './cases/services.js'
import { KernelRuntime } from './runtimes/kernel.js'
import { WasmRuntime } from './runtimes/wasm.js'

/** One table of cases, packets in and packets out, through both of the runtimes that the one C source has. */
const cases = [...chains, ...parsing, ...labels, ...fragments, ...answers, ...hostile, ...mtu, ...services, ...aware]

describe('in WebAssembly', () => {
  for (const one of cases) test(one.name, async () => runCase(new WasmRuntime(), one))
})

describe('in WebAssembly, every session in the hash table only', () => {
  for (const one of cases) test(one.name, async () => runCase(new WasmRuntime(), one, 1))
})

const root = process.platform === 'linux' && process.getuid?.() === 0
const required = process.env.SEGCHAIN_REQUIRE_PEERS === '1'
const skip = root || required ? false : 'needs root: sudo npm test'
describe('in the kernel (BPF_PROG_TEST_RUN)', { skip }, () => {
  let runtime: KernelRuntime
  before(async () => {
    runtime = await KernelRuntime.start()
  })
  after(async () => runtime.close())
  for (const one of cases) test(one.name, async () => runCase(runtime, one))
})
