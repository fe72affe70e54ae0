/** A network of FRR routers to be built: what the configurations and the namespaces are made from. */
export interface Lab {
  readonly name: string
  readonly title: string
  /** FRR's TI-LFA can be compared: no parallel links, one SRGB (README, differences found). */
  readonly repairs: boolean
  readonly routers: readonly LabRouter[]
  /** Their number (from 1) names the interfaces: `l3` at both ends of the third. */
  readonly links: readonly LabLink[]
  /** Compiled, and put on the routers when the network has converged. */
  readonly compiled?: CompiledIntents
  /** Packets to send, and the way that they are to take. */
  readonly probes: readonly Probe[]
}

export interface CompiledIntents {
  /** A directory of the repository. */
  readonly intents: string
  /** The lab whose recording is the topology that they are compiled for: the same routers and links. */
  readonly base: string
}

export interface LabRouter {
  /** 1 to 99: `r4`, system-id 0000.0000.0004, loopbacks 10.255.0.4 and 10.255.128.4. */
  readonly number: number
  /** First label of a block of 8,000; 16000 when absent. */
  readonly srgb?: number
  /** In the Flex-Algo 128 when absent. */
  readonly flexAlgo?: false
}

export interface LabLink {
  /** Two routers; more of them share a LAN. */
  readonly ends: readonly number[]
  readonly metric: number
  /** The colour that Flex-Algo 128 keeps off. */
  readonly red?: true
}

export interface Probe {
  readonly from: number
  readonly to: number
  /** What the headend pushes, top first. */
  readonly stack: readonly ProbeSegment[] | CompiledStack
  /** Handed to this neighbour as it is, past the headend's own label table: as a repair is. */
  readonly via?: { readonly link: number; readonly neighbor: number }
  /** The number of a link that is cut before, and mended afterwards. */
  readonly down?: number
  /** Why the packets are expected to be lost. */
  readonly lost?: string
}

export type ProbeSegment =
  /** The node-SID of a router in an algorithm. */
  | { readonly node: number; readonly algorithm: 0 | 128 }
  /** The adjacency-SID of a router over a link (by number) to a neighbour. */
  | { readonly adjacency: number; readonly link: number; readonly neighbor: number }

/** The stack that the compiled policy of the headend with this color pushes. */
export interface CompiledStack {
  readonly color: number
}

export const FLEX_ALGO = 128

/** SID indexes: 1 to 99 algorithm 0, 101 to 199 IPv6, 1281 on the Flex-Algo. */
export const indexOf = {
  ipv4: (router: number): number => router,
  ipv6: (router: number): number => 100 + router,
  flexAlgo: (router: number): number => 1280 + router,
}
