import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SegchainError } from '@segchain/records'
import { type Answer, AnswerReader, encodeBpf, encodeRequest, type KernelBuffer, Operation } from './frames.js'

/** What one bpf(2) left. */
export interface BpfAnswer {
  /** A descriptor of the helper's, or 0; minus errno when it failed. */
  readonly result: number
  readonly attr: Buffer
  /** One for each buffer, as long as its `out`. */
  readonly out: readonly Buffer[]
}

interface Waiting {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: SegchainError) => void
}

/** dist/src/bpf → the package. */
const PREBUILT = fileURLToPath(new URL('../../../helper/prebuilt/', import.meta.url))

/**
 * The process that makes bpf(2) calls for us. Its descriptors are numbers here. It ends when we end, whatever way;
 * what is pinned stays.
 */
export class Helper {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, Waiting>()
  readonly #rings = new Map<number, (record: Buffer) => void>()
  #nextId = 1
  #gone: SegchainError | undefined

  private constructor(child: ChildProcess) {
    this.#child = child
    const reader = new AnswerReader()
    child.stdout?.on('data', (chunk: Buffer) => {
      for (const answer of reader.push(chunk)) this.#take(answer)
    })
    child.once('error', (cause) => this.#fail(`cannot be started: ${cause.message}`))
    child.once('exit', (code, signal) => this.#fail(`has ended (${signal ?? `exit ${code}`})`))
    child.stdin?.on('error', () => undefined)
  }

  /** @throws {SegchainError} `usage`, `NO_HELPER`: there is none for this machine. */
  static start(path: string = prebuiltHelper()): Helper {
    return new Helper(spawn(path, [], { stdio: ['pipe', 'pipe', 'inherit'], env: {} }))
  }

  async bpf(command: number, attr: Uint8Array, buffers: readonly KernelBuffer[] = []): Promise<BpfAnswer> {
    const answer = await this.#request(Operation.bpf, encodeBpf(command, attr, buffers))
    const out: Buffer[] = []
    let at = attr.length
    if (answer.body.length > 0) {
      for (const buffer of buffers) {
        out.push(answer.body.subarray(at, at + (buffer.out ?? 0)))
        at += buffer.out ?? 0
      }
    }
    return { result: answer.result, attr: answer.body.subarray(0, attr.length), out }
  }

  async close(fd: number): Promise<void> {
    await this.#request(Operation.close, [words(fd)])
  }

  /** Calls `record` for each record of a ring buffer map of this size in bytes. @returns 0 or minus errno */
  async watchRing(fd: number, size: number, record: (record: Buffer) => void): Promise<number> {
    this.#rings.set(fd, record)
    return (await this.#request(Operation.ring, [words(fd, size)])).result
  }

  /** @param command ETHTOOL_S… of linux/ethtool.h. @returns 0 or minus errno */
  async ethtool(interfaceName: string, command: number, value: number): Promise<number> {
    const name = Buffer.alloc(16)
    name.write(interfaceName.slice(0, 15))
    return (await this.#request(Operation.ethtool, [words(command, value), name])).result
  }

  /** Everything after this happens in that network namespace. @returns 0 or minus errno */
  async enterNetns(path: string): Promise<number> {
    return (await this.#request(Operation.netns, [Buffer.from(`${path}\0`)])).result
  }

  /** Ends the helper, and waits for its end. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined) return
    const ended = new Promise((resolve) => this.#child.once('exit', resolve))
    this.#child.stdin?.end()
    await ended
  }

  #request(operation: Operation, body: readonly Uint8Array[]): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#gone !== undefined) return reject(this.#gone)
      const id = this.#nextId
      this.#nextId = id === 0xffff_ffff ? 1 : id + 1
      this.#waiting.set(id, { resolve, reject })
      this.#child.stdin?.write(encodeRequest(id, operation, body))
    })
  }

  #take(answer: Answer): void {
    if (answer.id === 0) {
      this.#rings.get(answer.result)?.(answer.body)
      return
    }
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    waiting?.resolve(answer)
  }

  #fail(what: string): void {
    this.#gone ??= new SegchainError({
      category: 'internal',
      code: 'HELPER_GONE',
      message: `the bpf helper ${what}`,
      hint: 'the data plane goes on with the tables that it has; start sr-proxy again',
    })
    for (const { reject } of this.#waiting.values()) reject(this.#gone)
    this.#waiting.clear()
  }
}

export function prebuiltHelper(): string {
  const path = `${PREBUILT}${process.platform}-${process.arch}/sr-proxy-bpf`
  if (existsSync(path)) return path
  throw new SegchainError({
    category: 'usage',
    code: 'NO_HELPER',
    message: `there is no eBPF on ${process.platform}-${process.arch} that sr-proxy knows`,
    hint: 'Linux on x64 and arm64 has; sr-proxy replay runs anywhere',
  })
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value >>> 0, 4 * index)
  return bytes
}
