import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { SegchainError } from '@segchain/records'
import type { UdpEndpoint } from '../udp/endpoint.js'

export interface LiveCapture {
  /** `tcpdump` or `dumpcap`. */
  readonly tool: string
  /** A pcap or pcapng that goes on. */
  readonly chunks: AsyncIterable<Uint8Array>
  /** Ends the capture: `chunks` ends after what was captured so far. */
  stop(): void
  /** What the capture process said, after its end: packets captured and dropped. */
  readonly said: () => string
}

/** Headers only: Ethernet, two VLAN tags, IPv6 with extension headers, TCP with options. */
const SNAP_BYTES = '192'

const FILTERS = { udp: 'udp', tcp: 'tcp', all: '(udp or tcp)' } as const

/** Node has no packet sockets, and a process that parses others' packets should not hold the right to open them. */
const tools = [
  {
    name: 'tcpdump',
    args: (device: string, filter: string) => [
      '-i',
      device,
      '-n',
      '-s',
      SNAP_BYTES,
      '--immediate-mode',
      '-U',
      '-w',
      '-',
      filter,
    ],
  },
  {
    name: 'dumpcap',
    args: (device: string, filter: string) => ['-i', device, '-q', '-s', SNAP_BYTES, '-f', filter, '-w', '-'],
  },
] as const

/**
 * Captures from an interface with the first of tcpdump and dumpcap that is there and may.
 * @param device as `ip link` names it. @param except where our own reports go. @throws {SegchainError} `INTERFACE`, `NO_CAPTURE_TOOL`, `CAPTURE_DENIED`.
 */
export async function openLive(
  device: string,
  transport: keyof typeof FILTERS,
  except?: UdpEndpoint,
): Promise<LiveCapture> {
  if (!/^[^-\s/][^\s/]{0,63}$/.test(device)) throw noInterface(device, 'this is no name of one')
  const filter = filterOf(transport, except)
  const refusals: string[] = []
  for (const { name, args } of tools) {
    const begun = await begin(spawn(name, args(device, filter), { stdio: ['ignore', 'pipe', 'pipe'] }))
    if (typeof begun === 'object') return { tool: name, ...begun }
    if (begun === 'missing') continue
    if (/no such device|does ?n.t exist|no interface/i.test(begun)) throw noInterface(device, lastLine(begun))
    refusals.push(`${name}: ${lastLine(begun)}`)
  }
  throw refusals.length === 0 ? noTool() : denied(device, refusals)
}

/** `vlan` moves where the rest of an expression looks, so it comes last. @param except our own reports. */
export function filterOf(transport: keyof typeof FILTERS, except?: UdpEndpoint): string {
  const one = FILTERS[transport]
  const all = `${one} or (vlan and ${one})`
  return except === undefined ? all : `not (udp and host ${except.address} and port ${except.port}) and (${all})`
}

/** The capture when its first bytes (the header) are there; else what the process said, or `missing`. */
async function begin(child: ChildProcess): Promise<Omit<LiveCapture, 'tool'> | string> {
  const stdout = child.stdout as Readable
  let text = ''
  child.stderr?.on('data', (data) => {
    text = (text + data).slice(-4096)
  })
  const gone = new Promise<string>((resolve) => {
    child.on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ENOENT' ? 'missing' : error.message))
    child.on('close', () => resolve(text.trim() === '' ? 'it ended without a word' : text))
  })
  const first = await Promise.race([gone, once(stdout, 'readable').then(() => undefined)])
  // At the end of a stream that stayed empty `readable` comes, too.
  if (first !== undefined) return first
  if (stdout.readableLength === 0) return gone
  return { chunks: stdout, stop: () => child.kill('SIGTERM'), said: () => text }
}

function lastLine(text: string): string {
  return (
    text
      .trim()
      .split('\n')
      .filter((line) => !/^(Capturing on|listening on|File:)/.test(line))
      .at(-1) ?? text
  )
}

function noInterface(device: string, why: string): SegchainError {
  const hint = 'the names are those of `ip link`; `any` is all of them'
  return new SegchainError({ category: 'usage', code: 'INTERFACE', message: `no interface ${device}: ${why}`, hint })
}

function noTool(): SegchainError {
  return new SegchainError({
    category: 'usage',
    code: 'NO_CAPTURE_TOOL',
    message: 'neither tcpdump nor dumpcap is installed, and a live capture needs one of them',
    hint: 'apt install tcpdump, or wireshark-common for dumpcap; or give a capture file',
  })
}

function denied(device: string, refusals: readonly string[]): SegchainError {
  return new SegchainError({
    category: 'connect',
    code: 'CAPTURE_DENIED',
    message: `cannot capture on ${device}: ${refusals.join('; ')}`,
    hint: 'give the right to the capture process, not to this one: setcap cap_net_raw+ep $(command -v tcpdump), or the group wireshark for dumpcap; or pipe: sudo tcpdump -U -w - | cg-classifier features -',
  })
}
