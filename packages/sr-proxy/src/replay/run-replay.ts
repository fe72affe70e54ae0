import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { ToolIo } from '@segchain/cli-kit'
import { pcapHeader, pcapRecord, readCapture } from '@segchain/pcap'
import { SegchainError } from '@segchain/records'
import { ProxyClient } from '../api/client.js'
import type Replay from '../commands/replay.js'
import { loadConfig } from '../config/load.js'
import { type Config, defaults } from '../config/schema.js'
import { CONFIG_OWNER } from '../daemon/daemon.js'
import { stats } from '../daemon/stats.js'
import { dropReasons } from '../drop-reasons.js'
import { u32 } from '../layout/struct.js'
import { compileTables } from '../tables/compile.js'
import { Ids } from '../tables/ids.js'
import type { Host, Image } from '../tables/image.js'
import { mergeTables, type Wanted } from '../tables/merge.js'
import type { WasmDataPlane } from '../wasm/data-plane.js'
import { loadWasm } from '../wasm/load.js'
import { inventedHost } from './host.js'
import { type Departure, replayFrame, type World } from './replay.js'

const ETHERNET = 1

/** `sr-proxy replay`: a capture through the data plane in WebAssembly. */
export async function runReplay(io: ToolIo<typeof Replay>): Promise<void> {
  const { config: file, vnf, write } = io.flags
  const config = await loadConfig(file)
  const wanted = await tablesToPlay(config, io.flags.socket)
  const host = inventedHost(config.network ?? [], wanted)
  const image = imageOf(config, wanted, host)
  const plane = await loadWasm()
  fill(plane, image)
  const from = entrance(config, host, image, io.flags.interface)
  const world = worldOf(wanted, host, image, vnf === 'echo')
  const out = await io.open({ source: file })
  const target = await open(io.args.out, 'w')
  try {
    await target.write(pcapHeader())
    const input = io.args.in === '-' ? process.stdin : createReadStream(io.args.in)
    for await (const packet of readCapture(input)) {
      if (io.signal.aborted) break
      if (packet.linkType !== ETHERNET) throw noEthernet(packet.linkType, packet.offset)
      const { seconds = 0, nanoseconds = 0 } = packet.time ?? {}
      plane.setClock(seconds * 1e9 + nanoseconds)
      for (const departure of replayFrame(plane, world, { bytes: packet.bytes, ...from })) {
        if (isWritten(departure, write)) await target.write(pcapRecord(seconds, nanoseconds, departure.frame))
      }
    }
  } finally {
    await target.close()
  }
  for (const [group, table, names] of [
    ['total', 'stats', stats],
    ['drop', 'drops', dropReasons],
  ] as const) {
    for (const [index, name] of names.entries()) {
      const value = plane.table(table).get(u32(index)) ?? Buffer.alloc(16)
      const [packets, bytes] = [value.readBigUInt64LE(0), value.readBigUInt64LE(8)]
      if (packets === 0n) continue
      const counts = { packets: String(packets), bytes: String(bytes) }
      await out.write({ kind: 'proxy-counter', id: `${group}:${name}`, group, name, ...counts })
    }
  }
  await out.end({ outcome: 'ok' })
}

/** Those of the configuration file, and those that others have put into a running daemon. */
async function tablesToPlay(config: Config, socket: string | undefined): Promise<Wanted> {
  const owners = new Map([[CONFIG_OWNER, config.tables ?? {}]])
  if (socket !== undefined) {
    const client = new ProxyClient({ socket })
    for (const { owner } of (await client.info()).owners) {
      if (owner !== CONFIG_OWNER) owners.set(owner, (await client.tables(owner)).tables)
    }
  }
  return mergeTables(owners)
}

function imageOf(config: Config, wanted: Wanted, host: Host): Image {
  const settings = {
    unknownLabels: config.unknownLabels ?? 'drop',
    icmpPerSecond: config.icmpPerSecond ?? defaults.icmpPerSecond,
    ...(config.default === undefined ? {} : { defaultNextHop: config.default }),
    ...(config.end === undefined ? {} : { endNextHop: config.end }),
  } as const
  return compileTables(wanted, settings, host, new Ids(undefined, 0), 1)
}

function fill(plane: WasmDataPlane, image: Image): void {
  const tables = [
    ...image.arrays,
    ...Object.entries(image.generational).map(([table, entries]) => ({ table, entries })),
  ]
  for (const { table, entries } of tables) {
    for (const { key, value } of entries) plane.table(table).set(key, value)
  }
  plane.table('config').set(u32(0), image.config)
}

/** Where the packets of the capture come in: an interface towards the network, or one that a VNF is behind. */
function entrance(config: Config, host: Host, image: Image, asked: string | undefined) {
  const name = asked ?? config.network?.[0]
  const index = name === undefined ? undefined : host.get(name)?.index
  if (name === undefined || index === undefined) {
    throw new SegchainError({
      category: 'usage',
      code: 'NO_INTERFACE',
      message:
        name === undefined ? 'the configuration has no interface under network' : `there is no interface ${name}`,
      hint: `say one with --interface: ${[...host.keys()].join(', ') || 'the configuration names none'}`,
    })
  }
  return { interfaceIndex: index, fromVnf: image.returnInterfaces.includes(name) }
}

function worldOf(wanted: Wanted, host: Host, image: Image, echo: boolean): World {
  const indexOf = (name: string): number => host.get(name)?.index ?? 0
  const vnfs = [...wanted.attachments.values()].flatMap((attachment) => {
    if ('host' in attachment) return []
    return [[indexOf(attachment.interface), indexOf(attachment.return ?? attachment.interface)] as const]
  })
  const mirrors = image.mirrors.map(({ id, interfaces: [on = 0, monitor] }) => {
    return [id, { on, ...(monitor === undefined ? {} : { monitor }) }] as const
  })
  return { vnfs: new Map(vnfs), mirrors: new Map(mirrors), echo }
}

function isWritten({ kind }: Departure, write: string): boolean {
  return write === 'all' || kind === 'network' || kind === 'kernel'
}

function noEthernet(linkType: number, offset: number): SegchainError {
  return new SegchainError({
    category: 'data',
    code: 'NO_ETHERNET',
    message: `the capture has link type ${linkType}, the proxy takes Ethernet frames (1)`,
    where: { offset },
  })
}
