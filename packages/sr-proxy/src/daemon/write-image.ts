import { InstanceState } from '../layout/service.js'
import { u32 } from '../layout/struct.js'
import type { Plane } from '../plane/plane.js'
import type { Image } from '../tables/image.js'

const GENERATIONAL = ['labels', 'ports', 'services'] as const
/** After it no packet reads the generation that was before. */
const GRACE_MS = 50

/**
 * Brings an image into the tables so that each packet sees all of the old one or all of the new one:
 * what is new first, then the number of the generation, then away with the old.
 *
 * @param before what is there; undefined: unknown, left by an earlier run
 */
export async function writeImage(plane: Plane, image: Image, before: Image | undefined): Promise<void> {
  const later: { table: string; key: Buffer; value: Buffer }[] = []
  for (const { table, entries } of image.arrays) {
    const now = entries.filter((entry) => {
      const gone = table === 'instances' && entry.value[0] === InstanceState.gone
      if (gone) later.push({ table, ...entry })
      return !gone
    })
    await plane.table(table).setAll(now)
  }
  for (const { id, interfaces } of image.mirrors) await plane.setMirror(id, interfaces)
  for (const table of GENERATIONAL) await plane.table(table).setAll(image.generational[table])
  await plane.table('config').set(u32(0), image.config)
  await new Promise((resolve) => setTimeout(resolve, GRACE_MS))
  for (const { table, key, value } of later) await plane.table(table).set(key, value)
  await forgetInstances(plane, image, before)
  for (const table of GENERATIONAL) {
    const old =
      before === undefined
        ? await foreignKeys(plane, table, image.generation)
        : before.generational[table].map(({ key }) => key)
    await plane.table(table).deleteAll(old)
  }
}

/** Takes away what a run that ended in the middle has left of generations that never came into force. */
export async function forgetOthers(plane: Plane, generation: number): Promise<void> {
  for (const table of GENERATIONAL) await plane.table(table).deleteAll(await foreignKeys(plane, table, generation))
}

/** Takes away what of an image is in the tables already, when the rest could not be written. */
export async function undoImage(plane: Plane, image: Image): Promise<void> {
  for (const table of GENERATIONAL) await plane.table(table).deleteAll(image.generational[table].map(({ key }) => key))
}

/** Sessions of an instance that is no longer wanted choose again. */
async function forgetInstances(plane: Plane, image: Image, before: Image | undefined): Promise<void> {
  const gone = [...(before?.names.instances.keys() ?? [])].filter((id) => !image.names.instances.has(id))
  for (const id of gone) await plane.table('instances').set(u32(id), Buffer.alloc(20))
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
