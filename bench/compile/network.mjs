// A network and intents of a given size, made from a seed: what the compile bench compiles.
import { plane, randomOf } from '../graph/graphs.mjs'

/** As a snapshot of a topology: twice as many links as nodes, each with both directions and a delay. */
export function topologyOf(size) {
  const instance = { protocol: 'isis-l2', instanceId: '0' }
  const { edges } = plane(size, 2 * size, randomOf(9))
  const nodes = Array.from({ length: size }, (_, index) => ({
    kind: 'node',
    id: `n${index}`,
    ...instance,
    routerId: `n${index}`,
    name: `n${index}`,
    srgb: [{ first: 16_000, size: 60_000 }],
    msds: [{ type: 1, value: 10 }],
  }))
  const links = edges.flatMap(([from, to, metric], edge) =>
    [
      [from, to],
      [to, from],
    ].map(([near, far]) => ({
      kind: 'link',
      id: `l${edge}-${near}`,
      ...instance,
      localNode: `n${near}`,
      remoteNode: `n${far}`,
      localAddresses: [address(edge, near < far ? 0 : 1)],
      remoteAddresses: [address(edge, near < far ? 1 : 0)],
      igpMetric: metric,
      minDelayUs: metric,
    })),
  )
  const prefixes = nodes.map(({ id }, index) => ({
    kind: 'prefix',
    id: `p${index}`,
    ...instance,
    node: id,
    prefix: `10.0.${index >> 8}.${index & 255}/32`,
    metric: 0,
    // As the plan has them: a chain may end on the node of its last service, and needs the label to arrive there.
    prefixSids: [{ algorithm: 0, index, flags: ['node', 'no-php'] }],
  }))
  return { nodes, links, prefixes, srv6Sids: [] }
}

/** Both ends of a link between routers, a /31 of 172.16.0.0/12. */
function address(edge, end) {
  const value = 2 * edge + end
  return `172.${16 + (value >> 16)}.${(value >> 8) & 255}.${value & 255}`
}

/** YAML: a Device for each node, services on two nodes each, chains of three services, each steered somewhere. */
export function intentsOf(size, chains) {
  const random = randomOf(10)
  const pick = (most) => Math.floor(random() * most)
  const services = Math.max(3, Math.floor(chains * 0.3))
  const documents = [
    intent('Network', 'network', `{ loopbacks: 10.128.0.0/12, sidIndexes: { first: ${size}, last: 59999 } }`),
  ]
  for (let node = 0; node < size; node += 1) documents.push(intent('Device', `n${node}`, '{}'))
  for (let service = 0; service < services; service += 1) {
    const first = pick(size)
    const second = (first + 1 + pick(size - 1)) % size
    const instances = [first, second].map((node, i) => `{ name: i${i}, node: n${node}, attachment: x }`).join(', ')
    documents.push(intent('Service', `s${service}`, `{ type: vnf, instances: [${instances}] }`))
  }
  for (let chain = 0; chain < chains; chain += 1) {
    const steps = [pick(services), pick(services), pick(services)].map((service) => `s${service}`).join(', ')
    const headend = pick(size)
    const endpoint = (headend + 1 + pick(size - 1)) % size
    const address = `172.${16 + (chain >> 16)}.${(chain >> 8) & 255}.${chain & 255}/32`
    documents.push(
      intent('Chain', `c${chain}`, `{ services: [${steps}] }`),
      intent(
        'Steering',
        `t${chain}`,
        `{ headend: n${headend}, endpoint: n${endpoint}, color: ${chain + 1}, chain: c${chain}, match: { destination: ${address} } }`,
      ),
    )
  }
  return documents.join('---\n')
}

function intent(kind, name, spec) {
  return `apiVersion: segchain/v1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: ${spec}\n`
}
