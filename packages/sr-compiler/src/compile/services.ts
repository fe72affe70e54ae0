import type { Intent, IntentSet } from '../intents/intent.js'
import type { ChainIntent, ServiceInstance, ServiceIntent } from '../intents/schema/index.js'
import { suggestion } from '../intents/suggest.js'
import { choicesOf, servicesOf } from '../lock/demands.js'
import type { ManagedNode, NodeDirectory } from './nodes.js'
import type { Problems } from './problems.js'

export interface PlacedInstance {
  readonly service: Intent<ServiceIntent>
  readonly instance: ServiceInstance
  readonly at: ManagedNode
  readonly number: number
}

/** Every instance with its node. Two of one service on a node could not be told apart by their label. */
export function placeInstances(intents: IntentSet, directory: NodeDirectory, problems: Problems): PlacedInstance[] {
  return [...intents.services.values()].flatMap((service) => {
    const names = new Set<string>()
    const nodes = new Map<number, string>()
    if (service.spec.proxy !== undefined && service.spec.type !== 'vnf') {
      const message = `a service of type ${service.spec.type} has no proxy`
      problems.add(
        'PROXY_WITHOUT_VNF',
        service.source.at(['spec', 'proxy']),
        message,
        'only type vnf stands behind one',
      )
    }
    return service.spec.instances.flatMap((instance, number) => {
      const path = ['spec', 'instances', number]
      if (names.has(instance.name)) {
        const message = `${service.name} has two instances "${instance.name}"`
        problems.add('DUPLICATE_NAME', service.source.at([...path, 'name']), message, 'give one of them another name')
      }
      names.add(instance.name)
      const at = directory.managedNode(instance.node, service.source, [...path, 'node'], problems)
      if (at === undefined) return []
      const other = nodes.get(at.node.index)
      if (other !== undefined) {
        problems.add(
          'DUPLICATE_INSTANCE',
          service.source.at([...path, 'node']),
          `the instances ${other} and ${instance.name} of ${service.name} are both on ${instance.node}, where one label leads to both`,
          'balance between them behind the proxy as one instance, or make them two services',
        )
        return []
      }
      nodes.set(at.node.index, instance.name)
      return [{ service, instance, at, number }]
    })
  })
}

const whole = new WeakMap<Intent<ChainIntent>, ReadonlyMap<string, unknown>>()

/** A chain all of whose services there are: what is missing is said once, at the chain. */
export function chainOf({ chains, services }: IntentSet, name: string): Intent<ChainIntent> | undefined {
  const chain = chains.get(name)
  if (chain === undefined || whole.get(chain) === services) return chain
  if (!servicesOf(chain).every((service) => services.has(service))) return undefined
  whole.set(chain, services)
  return chain
}

/** Names in chains and in steering that mean nothing. */
export function checkReferences(intents: IntentSet, problems: Problems): void {
  const services = [...intents.services.keys()]
  for (const chain of intents.chains.values()) {
    chain.spec.services.forEach((step, i) => {
      choicesOf(step).forEach((name, j) => {
        if (intents.services.has(name)) return
        const path = typeof step === 'string' ? [i] : 'anyOf' in step ? [i, 'anyOf', j] : [i, 'service']
        const where = chain.source.at(['spec', 'services', ...path])
        problems.add('UNKNOWN_SERVICE', where, `there is no Service "${name}"`, suggestion(name, services, 'services'))
      })
    })
  }
  const chains = [...intents.chains.keys()]
  for (const chain of intents.chains.values()) checkDisjointFrom(chain, intents, chains, problems)
  for (const steering of intents.steerings) {
    const { chain } = steering.spec
    if (intents.chains.has(chain)) continue
    const where = steering.source.at(['spec', 'chain'])
    problems.add('UNKNOWN_CHAIN', where, `there is no Chain "${chain}"`, suggestion(chain, chains, 'chains'))
  }
}

function checkDisjointFrom(
  chain: Intent<ChainIntent>,
  intents: IntentSet,
  chains: readonly string[],
  problems: Problems,
): void {
  chain.spec.disjointFrom?.forEach((name, i) => {
    const where = chain.source.at(['spec', 'disjointFrom', i])
    const other = intents.chains.get(name)
    if (other === undefined) {
      problems.add('UNKNOWN_CHAIN', where, `there is no Chain "${name}"`, suggestion(name, chains, 'chains'))
    } else if (other === chain) {
      problems.add('NOT_DISJOINT', where, 'a chain cannot keep apart from itself', 'name another chain')
    }
  })
}
