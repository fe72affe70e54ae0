import { SegchainError } from '@segchain/records'
import type { Entry } from '../bpf/table.js'
import { encodeVnf } from '../layout/l2.js'
import { encodePort, encodePortKey } from '../layout/port.js'
import type { Build } from './build.js'
import type { Port } from './image.js'
import type { Attachment } from './schema.js'

/** An attachment with a return interface, spelled out. */
interface PortAttachment {
  /** Where packets go to it; absent: the kernel has it. */
  readonly interface?: string
  readonly return: string
  readonly vlan?: number
  readonly rewrites?: boolean
  readonly passOthers?: boolean
}

function portOf(attachment: Attachment): PortAttachment {
  // What else the host sends that way goes on its way.
  if ('host' in attachment) return { return: attachment.return ?? '', passOthers: true }
  return { ...attachment, return: attachment.return ?? attachment.interface }
}

/** Writes `vnfs`. @returns where their packets come back */
export function buildAttachments(build: Build): Port[] {
  const ports = new Map<string, Port & { readonly by: string }>()
  const statics = staticStacks(build)
  const byName = [...build.wanted.attachments].sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [name, attachment] of byName) {
    const id = build.vnf(name, '')
    if ('host' in attachment && attachment.return === undefined) {
      build.put('vnfs', id, encodeVnf({ kind: 'host', scope: 0, rewrites: false }))
      continue
    }
    const port = portOf(attachment)
    const l2 = 'host' in attachment ? undefined : build.l2(attachment)
    build.interface(port.return)
    const { scope, key } = returnOf(build, port)
    const rewrites = port.rewrites === true
    const kind = 'host' in attachment ? 'host' : l2 === undefined ? 'none' : 'port'
    build.put('vnfs', id, encodeVnf({ kind, ...(l2 ? { l2 } : {}), scope, rewrites }))
    if (rewrites) atMostOneChain(build, name)
    const other = ports.get(key)
    if (other !== undefined) throw portTwice(other.by, name, port)
    const stack = statics.get(name)
    ports.set(key, {
      interface: port.return,
      vlan: port.vlan ?? 0,
      by: name,
      value: {
        vnf: id,
        scope,
        sentScope: sentScope(build, port, scope),
        mode: stack !== undefined ? 'static' : rewrites ? 'interface' : 'session',
        passOthers: port.passOthers === true,
        stack: stack ?? 0,
      },
    })
  }
  return [...ports.values()].map(({ interface: name, vlan, value }) => ({ interface: name, vlan, value }))
}

/** Ports that were there, where no new one is. */
export function withLingering(ports: readonly Port[], lingering: readonly Port[]): Port[] {
  const same = (a: Port, b: Port): boolean => a.interface === b.interface && a.vlan === b.vlan
  return [...ports, ...lingering.filter((old) => !ports.some((port) => same(old, port)))]
}

/** The entries of `ports` in this generation; none for an interface that is not there. */
export function portEntries(build: Build, ports: readonly Port[]): Entry[] {
  return ports.flatMap(({ interface: name, vlan, value }): Entry[] => {
    const index = build.host.get(name)?.index
    if (index === undefined) return []
    return [{ key: encodePortKey({ interfaceIndex: index, vlan }, build.generation), value: encodePort(value) }]
  })
}

function keyOf(interfaceName: string, vlan: number | undefined): string {
  return vlan === undefined ? interfaceName : `${interfaceName}.${vlan}`
}

function returnOf(build: Build, port: PortAttachment): { readonly scope: number; readonly key: string } {
  const key = keyOf(port.return, port.vlan)
  return { key, scope: build.ids.id('scope', key) }
}

/** Sessions whose packets leave by the port where these come back: those of the attachment the other way round. */
function sentScope(build: Build, port: PortAttachment, scope: number): number {
  if (port.interface === undefined || port.return === port.interface) return scope
  // Behind a NAT with a chain each way, what looks like an answer to the other chain is this chain's next packet.
  if (port.rewrites === true) return 0
  for (const other of build.wanted.attachments.values()) {
    if ('interface' in other && other.interface === port.return && other.vlan === port.vlan) {
      return returnOf(build, portOf(other)).scope
    }
  }
  return 0
}

/** The stack that a port puts on, of the End.AS labels that lead to it. */
function staticStacks(build: Build): Map<string, number> {
  const stacks = new Map<string, number>()
  const dynamic = new Map<string, number>()
  for (const entry of build.wanted.labels) {
    if (entry.action === 'dynamic') dynamic.set(entry.vnf, entry.label)
    if (entry.action !== 'static') continue
    const id = build.stack(entry.stack)
    const other = stacks.get(entry.vnf)
    if (other !== undefined && other !== id) {
      throw chainError(`two static labels lead to ${entry.vnf}, with different stacks (${entry.label} is one)`)
    }
    stacks.set(entry.vnf, id)
  }
  for (const [vnf, label] of dynamic) {
    if (stacks.has(vnf)) throw chainError(`${vnf} has a static label and the dynamic label ${label}`)
  }
  return stacks
}

function atMostOneChain(build: Build, name: string): void {
  const labels = build.wanted.labels.filter((entry) => entry.action === 'dynamic' && entry.vnf === name)
  if (labels.length > 1) {
    throw chainError(
      `${name} rewrites addresses, and ${labels.length} labels lead to it: ${labels.map(({ label }) => label).join(', ')}`,
    )
  }
}

function chainError(message: string): SegchainError {
  return new SegchainError({
    category: 'rejected',
    code: 'ONE_CHAIN_ONLY',
    message,
    hint: 'its return interface tells one chain only: give it another VLAN or interface for each chain, or a dynamic label',
  })
}

function portTwice(one: string, other: string, { return: back }: PortAttachment): SegchainError {
  return new SegchainError({
    category: 'rejected',
    code: 'PORT_TWICE',
    message: `packets of ${one} and of ${other} would come back by the same port ${back}`,
    hint: 'one attachment serves any number of labels: let them name the same, or use VLANs',
  })
}
