import type { Entry } from '../bpf/table.js'
import type { PortValue } from '../layout/port.js'

/** An interface of this host, as it is now. */
export interface HostInterface {
  readonly index: number
  readonly mac: string
  readonly mtu: number
}
/** By name; an interface that is not there is not in it. */
export type Host = ReadonlyMap<string, HostInterface>

/** Settings of the data plane that belong to no entry. */
export interface Settings {
  readonly unknownLabels: 'drop' | 'pass'
  /** Name of the next hop of labels that are in no table. */
  readonly defaultNextHop?: string
  /** Name of the next hop of packets whose stack is used up; absent: the kernel routes them. */
  readonly endNextHop?: string
  readonly icmpPerSecond: number
  /** Lines of `session_lines4` that are used: a power of two; absent: none. */
  readonly sessionLines?: number
}

/** An interface (and VLAN) where packets of a VNF come back. */
export interface Port {
  readonly interface: string
  readonly vlan: number
  readonly value: PortValue
}

export interface MirrorDevices {
  readonly id: number
  readonly interfaces: readonly number[]
}

/** Everything that is to be in the tables. What is in `generational` is seen by packets all at once. */
export interface Image {
  readonly generation: number
  readonly generational: {
    readonly labels: readonly Entry[]
    readonly ports: readonly Entry[]
    readonly services: readonly Entry[]
  }
  /** Entries of arrays by table: nothing of the old generation changes its meaning by them. */
  readonly arrays: readonly { readonly table: string; readonly entries: readonly Entry[] }[]
  readonly ports: readonly Port[]
  readonly mirrors: readonly MirrorDevices[]
  readonly config: Buffer
  /** Interfaces where VNFs' packets come back, by name. */
  readonly returnInterfaces: readonly string[]
  /** What is wanted and cannot be, because an interface is not there. */
  readonly missing: readonly string[]
  readonly names: Names
}

/** From the numbers of the data plane to names, for people. */
export interface Names {
  readonly vnfs: ReadonlyMap<number, string>
  readonly instances: ReadonlyMap<number, string>
  readonly scopes: ReadonlyMap<number, string>
  readonly services: ReadonlyMap<number, string>
  readonly labelCounters: ReadonlyMap<number, number>
  readonly serviceCounters: ReadonlyMap<string, number>
}
