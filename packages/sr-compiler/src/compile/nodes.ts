import { type Graph, type GraphNode, nodeName } from '@segchain/path-engine'
import type { Intent, IntentSet } from '../intents/intent.js'
import type { DeviceIntent } from '../intents/schema/index.js'
import type { Path, Source } from '../intents/source.js'
import { suggestion } from '../intents/suggest.js'
import type { Problems } from './problems.js'

/** A device that intents name, and the node of the topology that it is. */
export interface ManagedNode {
  readonly device: Intent<DeviceIntent>
  readonly node: GraphNode
}

/** Finds nodes by what people call them. */
export class NodeDirectory {
  readonly managed: readonly ManagedNode[]
  readonly #byName = new Map<string, GraphNode[]>()
  readonly #devices: ReadonlyMap<string, ManagedNode>
  readonly #names: readonly string[]
  /** Devices whose node was not found: said once, not at every mention. */
  readonly #reported = new Set<string>()
  readonly #byIndex: ReadonlyMap<number, ManagedNode>

  constructor(graph: Graph, intents: IntentSet, problems: Problems, missingIsWarning: boolean) {
    const routers = graph.nodes.filter((node) => !node.pseudonode)
    for (const node of routers) for (const name of namesOf(node)) this.#remember(name, node)
    this.#names = routers.map(nodeName)
    const managed: ManagedNode[] = []
    const owner = new Map<number, string>()
    for (const device of intents.devices) {
      const reference = device.spec.node ?? device.name
      const where = device.source.at(device.spec.node === undefined ? ['metadata', 'name'] : ['spec', 'node'])
      const { node: named, address = '' } = device.spec
      // Not every IGP knows host names (OSPF has them in RFC 5642 only): a router's own address will do.
      const found = this.#byName.get(reference) ?? (named === undefined ? this.#byName.get(address) : undefined) ?? []
      const [node] = found
      if (node === undefined || found.length > 1) {
        this.#reported.add(reference).add(device.name)
        const what =
          node === undefined ? `the topology has no node "${reference}"` : `several nodes are called "${reference}"`
        const hint = node === undefined ? suggestion(reference, this.#names, 'nodes') : 'name it by its system-id'
        if (node === undefined && missingIsWarning) problems.warn('UNKNOWN_NODE', where, what, hint)
        else problems.add('UNKNOWN_NODE', where, what, hint)
        continue
      }
      const other = owner.get(node.index)
      if (other !== undefined)
        problems.add('DUPLICATE_DEVICE', where, `Device "${other}" is the same node`, 'delete one of them')
      owner.set(node.index, device.name)
      managed.push({ device, node })
    }
    this.managed = managed
    this.#devices = new Map(
      managed.flatMap((m) => [[m.device.spec.node ?? m.device.name, m] as const, [m.device.name, m] as const]),
    )
    this.#byIndex = new Map(managed.map((m) => [m.node.index, m]))
  }

  /** A node that a plan may configure. Reports what is wrong at the reference. */
  managedNode(reference: string, source: Source, path: Path, problems: Problems): ManagedNode | undefined {
    const direct = this.#devices.get(reference)
    if (direct !== undefined || this.#reported.has(reference)) return direct
    const node = this.node(reference, source, path, problems)
    if (node === undefined) return undefined
    const managed = this.#byIndex.get(node.index)
    if (managed === undefined) {
      problems.add(
        'NODE_WITHOUT_DEVICE',
        source.at(path),
        `${reference} needs configuration, and no Device intent says how it is reached`,
        `add a Device with spec.node: ${reference}`,
      )
    }
    return managed
  }

  /** Any node of the topology. */
  node(reference: string, source: Source, path: Path, problems: Problems): GraphNode | undefined {
    const direct = this.#devices.get(reference)
    if (direct !== undefined || this.#reported.has(reference)) return direct?.node
    const found = this.#byName.get(reference) ?? []
    const [node] = found
    if (node !== undefined && found.length === 1) return node
    problems.add(
      'UNKNOWN_NODE',
      source.at(path),
      node === undefined ? `the topology has no node "${reference}"` : `several nodes are called "${reference}"`,
      node === undefined ? suggestion(reference, this.#names, 'nodes') : 'name it by its system-id',
    )
    return undefined
  }

  #remember(name: string, node: GraphNode): void {
    const known = this.#byName.get(name)
    if (known === undefined) this.#byName.set(name, [node])
    else if (!known.includes(node)) known.push(node)
  }
}

function namesOf(node: GraphNode): string[] {
  const { record } = node
  return [node.id, record?.name, record?.routerId, ...(record?.routerIds ?? [])].filter((name) => name !== undefined)
}
