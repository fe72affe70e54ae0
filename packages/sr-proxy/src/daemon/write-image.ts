import type { Entry } from '../bpf/table.js'
import { InstanceState } from '../layout/service.js'
import { u32 } from '../layout/struct.js'
import type { Plane } from '../plane/plane.js'
import type { Image } from '../tables/image.js'

const GENERATIONAL = ['labels', 'ports', 'services'] as const
/** After it no packet reads the generation that was before. */
const GRACE_MS = 50

/**
 * Brings an image into the tables so that each packet sees all of the old one or all of the new one: what is new
 * first, then the number of the generation. When it throws, the old one is in force as before.
 */
export async function writeImage(plane: Plane, image: Image): Promise<void> {
  try {
    await writeArrays(plane, image)
    for (const { id, interfaces } of image.mirrors) await plane.setMirror(id, interfaces)
    for (const table of GENERATIONAL) await plane.table(table).setAll(image.generational[table])
    await plane.table('config').set(u32(0), image.config)
  } catch (error) {
    const keys = GENERATIONAL.map((table) => [table, image.generational[table].map(({ key }) => key)] as const)
    for (const [table, list] of keys)
      await plane
        .table(table)
        .deleteAll(list)
        .catch(() => undefined)
    throw error
  }
}

/**
 * After {@link writeImage}: away with what was there before it.
 *
 * @param before undefined: unknown, left by an earlier run
 */
export async function forgetImage(plane: Plane, image: Image, before: Image | undefined): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, GRACE_MS))
  for (const { entries } of image.arrays.filter(({ table }) => table === 'instances')) {
    for (const { key, value } of entries.filter(isGone)) await plane.table('instances').set(key, value)
  }
  const gone = [...(before?.names.instances.keys() ?? [])].filter((id) => !image.names.instances.has(id))
  for (const id of gone) await plane.table('instances').set(u32(id), Buffer.alloc(20))
  for (const table of GENERATIONAL) {
    const old =
      before === undefined
        ? await foreignKeys(plane, table, image.generation)
        : before.generational[table].map(({ key }) => key)
    await plane.table(table).deleteAll(old)
  }
}

/** Everything that is found by a number. Instances that are to go, go later: old slots still lead to them. */
async function writeArrays(plane: Plane, image: Image): Promise<void> {
  for (const { table, entries } of image.arrays) {
    await plane.table(table).setAll(table === 'instances' ? entries.filter((entry) => !isGone(entry)) : entries)
  }
}

function isGone({ value }: Entry): boolean {
  return value[0] === InstanceState.gone
}

/**
 * Where two images of one generation are different in one label and nothing else that packets see, that entry is
 * replaced where it stands: a packet finds the old one or the new one.
 *
 * @returns false, and nothing is done: there is more to it
 */
export async function replaceOneLabel(plane: Plane, image: Image, before: Image): Promise<boolean> {
  const labels = differences(image.generational.labels, before.generational.labels)
  const arrays = image.arrays.map(({ table, entries }) => ({
    table,
    changed: differences(entries, before.arrays.find((one) => one.table === table)?.entries ?? []),
  }))
  const others = [
    ...differences(image.generational.ports, before.generational.ports),
    ...differences(image.generational.services, before.generational.services),
    ...arrays.filter(({ table }) => IN_USE.has(table)).flatMap(({ changed }) => changed),
  ]
  const [label] = labels
  if (label === undefined || labels.length > 1 || others.length > 0) return false
  for (const { table, changed } of arrays) {
    const entries = changed.flatMap(({ key, value }) => (value === undefined ? [] : [{ key, value }]))
    if (entries.length > 0) await plane.table(table).setAll(entries)
  }
  if (label.value === undefined) await plane.table('labels').delete(label.key)
  else await plane.table('labels').set(label.key, label.value)
  return true
}

/** Arrays whose entries change their meaning from one image to the next. */
const IN_USE: ReadonlySet<string> = new Set([
  'service_slots',
  'instances',
  'firewall_sets',
  'firewall_rules',
  'mirror_l2',
])

/** Entries that are not the same; `value` undefined: gone. */
function differences(
  now: readonly Entry[],
  before: readonly Entry[],
): { readonly key: Buffer; readonly value?: Buffer }[] {
  const old = new Map(before.map((entry) => [entry.key.toString('latin1'), entry] as const))
  const changed = now.filter(({ key, value }) => {
    const name = key.toString('latin1')
    const same = old.get(name)?.value.equals(value) === true
    old.delete(name)
    return !same
  })
  return [...changed, ...[...old.values()].map(({ key }) => ({ key }))]
}

/** Takes away what a run that ended in the middle has left of generations that never came into force. */
export async function forgetOthers(plane: Plane, generation: number): Promise<void> {
  for (const table of GENERATIONAL) await plane.table(table).deleteAll(await foreignKeys(plane, table, generation))
}

/** Where the generation stands in the key of each table. */
const GENERATION_AT = { labels: 4, ports: 8, services: 0 } as const

async function foreignKeys(plane: Plane, table: (typeof GENERATIONAL)[number], generation: number): Promise<Buffer[]> {
  const keys: Buffer[] = []
  for await (const { key } of plane.table(table).entries()) {
    if (key.readUInt32LE(GENERATION_AT[table]) !== generation) keys.push(Buffer.from(key))
  }
  return keys
}
