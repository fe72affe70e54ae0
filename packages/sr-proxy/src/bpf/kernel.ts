import { Attr, Command, takesBtf } from './attr.js'
import { Errno, KernelError } from './errno.js'
import type { KernelBuffer } from './frames.js'
import type { BpfAnswer, Helper } from './helper-process.js'
import type { MapSpec } from './map-spec.js'

/** A descriptor of the helper's. */
export type Descriptor = number

const VERIFIER_LOG = 4 * 1024 * 1024
const XDP = 37
/** BPF_F_XDP_HAS_FRAGS */
const HAS_FRAGS = 1 << 5
const PROG_TYPE_XDP = 6

/** What `LINK_CREATE` is told of how XDP runs: in the driver, or for interfaces without it in the stack. */
export const XdpMode = { native: 1 << 2, generic: 1 << 1 } as const
export type XdpMode = keyof typeof XdpMode

/** bpf(2) with names; whatever fails is a {@link KernelError} that says of what. */
export class Kernel {
  readonly helper: Helper

  constructor(helper: Helper) {
    this.helper = helper
  }

  async createMap(spec: MapSpec, btf: Descriptor | undefined, inner: Descriptor | undefined): Promise<Descriptor> {
    const attr = new Attr(72).u32(0, spec.type).u32(4, spec.keySize).u32(8, spec.valueSize).u32(12, spec.maxEntries)
    attr
      .u32(16, spec.flags)
      .u32(20, inner ?? 0)
      .name(28, spec.name)
    if (btf !== undefined && spec.valueType !== 0 && takesBtf(spec.type))
      attr.u32(48, btf).u32(52, spec.keyType).u32(56, spec.valueType)
    return this.#call(`map ${spec.name}`, Command.mapCreate, attr)
  }

  async freeze(map: Descriptor): Promise<void> {
    await this.#call('map freeze', Command.mapFreeze, new Attr(4).u32(0, map))
  }

  async loadBtf(btf: Buffer): Promise<Descriptor> {
    const attr = new Attr(28).u32(16, btf.length)
    const first = await this.helper.bpf(Command.btfLoad, attr.bytes, [{ at: 0, in: btf }])
    if (first.result >= 0) return first.result
    attr.u32(20, VERIFIER_LOG).u32(24, 1)
    const second = await this.helper.bpf(Command.btfLoad, attr.bytes, [
      { at: 0, in: btf },
      { at: 8, out: VERIFIER_LOG },
    ])
    throw new KernelError('BTF', -first.result, logText(second.out[1]))
  }

  /**
   * @param section as libbpf reads it: `xdp.frags` takes frames in several buffers too (those longer than a page)
   * @param btf `functions`: `struct bpf_func_info` each
   */
  async loadXdp(
    { name, section }: { readonly name: string; readonly section: string },
    instructions: Buffer,
    license: string,
    btf?: { readonly descriptor: Descriptor; readonly functions: readonly { instruction: number; type: number }[] },
  ): Promise<Descriptor> {
    const attr = new Attr(128)
      .u32(0, PROG_TYPE_XDP)
      .u32(4, instructions.length / 8)
      .u32(44, section === 'xdp.frags' ? HAS_FRAGS : 0)
      .name(48, name)
      .u32(68, XDP)
    const buffers: KernelBuffer[] = [
      { at: 8, in: instructions },
      { at: 16, in: Buffer.from(`${license}\0`) },
    ]
    if (btf !== undefined && btf.functions.length > 0) {
      const info = new Attr(8 * btf.functions.length)
      for (const [index, { instruction, type }] of btf.functions.entries()) {
        info.u32(index * 8, instruction).u32(index * 8 + 4, type)
      }
      attr.u32(72, btf.descriptor).u32(76, 8).u32(88, btf.functions.length)
      buffers.push({ at: 80, in: info.bytes })
    }
    const first = await this.helper.bpf(Command.progLoad, attr.bytes, buffers)
    if (first.result >= 0) return first.result
    attr.u32(24, 1).u32(28, VERIFIER_LOG)
    const second = await this.helper.bpf(Command.progLoad, attr.bytes, [...buffers, { at: 32, out: VERIFIER_LOG }])
    if (second.result >= 0) return second.result
    throw new KernelError(`program ${name}`, -first.result, logText(second.out.at(-1)))
  }

  async pin(descriptor: Descriptor, path: string): Promise<void> {
    await this.#call(`pin ${path}`, Command.pin, new Attr(16).u32(8, descriptor), [{ at: 0, in: text(path) }])
  }

  /** @returns undefined when nothing is pinned there */
  async get(path: string): Promise<Descriptor | undefined> {
    const { result } = await this.helper.bpf(Command.get, new Attr(16).bytes, [{ at: 0, in: text(path) }])
    if (result === -Errno.ENOENT) return undefined
    if (result < 0) throw new KernelError(`pinned ${path}`, -result)
    return result
  }

  /** The first fields of `struct bpf_map_info`. */
  async mapInfo(map: Descriptor) {
    const attr = new Attr(16).u32(0, map).u32(4, 80)
    const answer = await this.#answer('map info', Command.infoByFd, attr, [{ at: 8, out: 80 }])
    const info = answer.out[0] ?? Buffer.alloc(80)
    return {
      type: info.readUInt32LE(0),
      id: info.readUInt32LE(4),
      keySize: info.readUInt32LE(8),
      valueSize: info.readUInt32LE(12),
      maxEntries: info.readUInt32LE(16),
      flags: info.readUInt32LE(20),
    }
  }

  /** Attaches an XDP program to an interface by a link. */
  async linkXdp(program: Descriptor, interfaceIndex: number, mode: XdpMode): Promise<Descriptor> {
    const attr = new Attr(16).u32(0, program).u32(4, interfaceIndex).u32(8, XDP).u32(12, XdpMode[mode])
    return this.#call(`XDP (${mode}) on interface ${interfaceIndex}`, Command.linkCreate, attr)
  }

  /** From one packet to the next another program runs. */
  async updateLink(link: Descriptor, program: Descriptor): Promise<void> {
    await this.#call('link update', Command.linkUpdate, new Attr(16).u32(0, link).u32(4, program))
  }

  async detachLink(link: Descriptor): Promise<void> {
    await this.#call('link detach', Command.linkDetach, new Attr(4).u32(0, link))
  }

  /** The first fields of `struct bpf_link_info` of an XDP link; `interfaceIndex` 0: the interface is gone. */
  async linkInfo(link: Descriptor) {
    const attr = new Attr(16).u32(0, link).u32(4, 32)
    const answer = await this.#answer('link info', Command.infoByFd, attr, [{ at: 8, out: 32 }])
    const info = answer.out[0] ?? Buffer.alloc(32)
    return { programId: info.readUInt32LE(8), interfaceIndex: info.readUInt32LE(16) }
  }

  /** An entry of a map that is no table of ours for long. */
  async setIn(map: Descriptor, key: Buffer, value: Buffer): Promise<void> {
    await this.#call('map update', Command.mapUpdate, new Attr(32).u32(0, map), [
      { at: 8, in: key },
      { at: 16, in: value },
    ])
  }

  async close(descriptor: Descriptor): Promise<void> {
    await this.helper.close(descriptor)
  }

  async #call(what: string, command: number, attr: Attr, buffers: readonly KernelBuffer[] = []): Promise<number> {
    return (await this.#answer(what, command, attr, buffers)).result
  }

  async #answer(what: string, command: number, attr: Attr, buffers: readonly KernelBuffer[]): Promise<BpfAnswer> {
    const answer = await this.helper.bpf(command, attr.bytes, buffers)
    if (answer.result < 0) throw new KernelError(what, -answer.result)
    return answer
  }
}

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`)
}

/** What the kernel wrote, up to the first zero. */
function logText(bytes: Buffer | undefined): string {
  return bytes?.subarray(0, Math.max(0, bytes.indexOf(0))).toString('latin1') ?? ''
}
