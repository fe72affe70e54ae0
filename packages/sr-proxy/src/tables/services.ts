import { SegchainError } from '@segchain/records'
import type { Entry } from '../bpf/table.js'
import { encodeInstance, encodeService, encodeServiceKey, serviceComponents } from '../layout/service.js'
import { u32 } from '../layout/struct.js'
import type { Build } from './build.js'
import type { Instance, ServiceEntry } from './schema.js'
import { shareSlots } from './slots.js'

/** Slots of a service with more than one instance: a prime, so that a hash modulo it is spread. */
const SLOTS = 251
/** Two halves: this generation writes into one while packets read the other. */
const HALF = 32768

/** The entries of `services` in this generation, and what they lead to. */
export function buildServices(build: Build): Entry[] {
  let slot = (build.generation % 2) * HALF
  const end = slot + HALF
  const components = new Map<string, string>()
  return build.wanted.services.map((entry) => {
    noCollision(components, entry.service)
    const common = {
      uniform: 'model' in entry && entry.model === 'uniform',
      counter: build.ids.id('serviceCounter', entry.service),
    }
    const key = encodeServiceKey(entry.service, build.generation)
    if (entry.action === 'demux') {
      const target = build.vnf(entry.vnf, `service ${entry.service}`)
      return { key, value: encodeService({ action: 'demux', target, ...common }) }
    }
    if (entry.action !== 'forward') return { key, value: encodeService({ action: entry.action, ...common }) }
    const owners = placeInstances(build, entry)
    const firstSlot = slot
    slot += owners.length
    if (slot > end) throw tooManySlots()
    for (const [index, instance] of owners.entries()) build.put('service_slots', firstSlot + index, u32(instance))
    return { key, value: encodeService({ action: 'forward', firstSlot, slots: owners.length, ...common }) }
  })
}

/** Writes the instances of a service. @returns which of them owns each slot */
function placeInstances(build: Build, entry: Extract<ServiceEntry, { readonly action: 'forward' }>): number[] {
  const ready = entry.instances.flatMap((instance) => {
    const name = `${entry.service} ${instance.name}`
    const id = build.ids.id('instance', name)
    const here = isHere(build, instance)
    const state = !here ? 'gone' : (instance.state ?? 'active')
    build.put('instances', id, encodeInstance({ state, ...targetOf(build, instance, `instance ${name}`) }))
    return state === 'active' ? [{ id, name: instance.name, weight: instance.weight ?? 1 }] : []
  })
  return shareSlots(ready, ready.length > 1 ? SLOTS : 1)
}

/** An instance whose interface has gone gets no sessions, and its own choose again. */
function isHere(build: Build, instance: Instance): boolean {
  if ('nextHop' in instance) {
    const hop = build.wanted.nextHops.get(instance.nextHop)
    return hop !== undefined && build.interface(hop.interface) !== undefined
  }
  const attachment = build.wanted.attachments.get(instance.vnf)
  if (attachment === undefined) return false
  if ('host' in attachment) return attachment.return === undefined || build.interface(attachment.return) !== undefined
  const back = attachment.return ?? attachment.interface
  return build.interface(attachment.interface) !== undefined && build.interface(back) !== undefined
}

function targetOf(build: Build, instance: Instance, by: string) {
  if ('nextHop' in instance) {
    const nextHop = build.nextHop(instance.nextHop, by)
    return { nextHop, stack: build.stack(instance.stack) }
  }
  const vnf = build.vnf(instance.vnf, by)
  return { vnf, reverseStack: build.stack(instance.reverse) }
}

/** Components are compared by 32-bit hashes: two siblings with one hash would be one. */
function noCollision(seen: Map<string, string>, service: string): void {
  const hashes = serviceComponents(service)
  const words = service === '' ? [] : service.split('/')
  for (let depth = 1; depth <= words.length; depth++) {
    const key = hashes.slice(0, depth).join('/')
    const name = words.slice(0, depth).join('/')
    const other = seen.get(key)
    if (other !== undefined && other !== name) {
      throw new SegchainError({
        category: 'rejected',
        code: 'SERVICE_HASH',
        message: `${name} and ${other} have the same hash`,
        hint: 'give one of them another name',
      })
    }
    seen.set(key, name)
  }
}

function tooManySlots(): SegchainError {
  return new SegchainError({
    category: 'rejected',
    code: 'TABLE_FULL',
    message: `more than ${Math.floor(HALF / SLOTS)} services with several instances`,
    hint: 'give services with one instance only one',
  })
}
