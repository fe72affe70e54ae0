// Tables written while the generator sends as fast as it goes: how many a second, and is a packet lost?
import { word } from './lab.mjs'
import { pause } from './measure.mjs'
import { imageOf } from './tables.mjs'

const dist = '../../packages/sr-proxy/dist/src/'
const { Attr } = await import(`${dist}bpf/attr.js`)
const { Helper } = await import(`${dist}bpf/helper-process.js`)
const { possibleCpus } = await import(`${dist}bpf/load.js`)
const { Table } = await import(`${dist}bpf/table.js`)
const { forgetImage, replaceOneLabel, writeImage } = await import(`${dist}daemon/write-image.js`)

const MAP_BY_ID = 14
const OTHERS = 10_000

/** The tables of the lab's proxy by a helper of our own: the lab's is busy with sending. */
async function planeOf(lab, helper) {
  const tables = new Map()
  for (const [name, { descriptor, shape }] of lab.proxy.tables) {
    const { id } = await lab.kernel.mapInfo(descriptor)
    const { result } = await helper.bpf(MAP_BY_ID, new Attr(12).u32(0, id).bytes)
    if (result < 0) throw new Error(`map ${name}: errno ${-result}`)
    tables.set(name, new Table(helper, result, shape, possibleCpus()))
  }
  return { table: (name) => tables.get(name), setMirror: async () => undefined }
}

/** Packets that came to the proxy, and those that it dropped. */
async function counted(plane) {
  const packets = async (table, key) => {
    const value = await plane.table(table).get(word(key))
    let sum = 0
    for (let at = 0; at < value.length; at += 16) sum += Number(value.readBigUInt64LE(at))
    return sum
  }
  let dropped = 0
  for (let reason = 0; reason < plane.table('drops').shape.maxEntries; reason++)
    dropped += await packets('drops', reason)
  return { came: await packets('stats', 0), dropped }
}

async function perSecond(seconds, change) {
  const begin = performance.now()
  let turns = 0
  while (performance.now() - begin < seconds * 1000) await change(++turns)
  return turns / ((performance.now() - begin) / 1000)
}

/** Packets in a second of CPU of the proxy's core. */
async function perCpu(lab, frame) {
  const [received, busy] = [await lab.received(), lab.busy()]
  await lab.generate(frame, 2_000_000)
  return ((await lab.received()) - received) / (lab.busy() - busy)
}

/** @param frame goes through the label of a VNF whose entry is in every table */
export async function updates(lab, frame, seconds) {
  const helper = Helper.start()
  try {
    // The slots of devices are of its network namespace.
    await helper.enterNetns(`/run/netns/${lab.names.m}`)
    const plane = await planeOf(lab, helper)
    await lab.attach('sr_network')
    await lab.settings({ sessions: 1000, mode: 0, frame })
    let image = imageOf(lab, 1)
    let over = false
    const undisturbed = await perCpu(lab, frame)
    const before = { ...(await counted(plane)), received: await lab.received(), busy: lab.busy() }
    const started = performance.now()
    const sending = (async () => {
      // So many at once that the generator need not wait for what we do meanwhile.
      while (!over) await lab.generate(frame, 1_000_000)
    })()
    const rates = {}
    for (const others of [1000, OTHERS]) {
      // What is written differs from turn to turn; compiling it is not what is measured.
      const images = [0, 1, 2, 3].map((turn) => imageOf(lab, image.generation + 1, others, turn))
      rates[others] = await perSecond(seconds, async (turn) => {
        const next = withGeneration(images[turn % images.length], image.generation + 1)
        await writeImage(plane, next)
        const old = image
        image = next
        await forgetImage(plane, next, old)
      })
    }
    const one = [0, 1].map((turn) => imageOf(lab, image.generation, 1, turn))
    await writeImage(plane, one[0])
    let at = 0
    const single = await perSecond(seconds, async () => {
      await replaceOneLabel(plane, one[1 - at], one[at])
      at = 1 - at
    })
    over = true
    await sending
    const took = (performance.now() - started) / 1000
    await pause(200)
    const after = { ...(await counted(plane)), received: await lab.received(), busy: lab.busy() }
    const came = after.came - before.came
    console.log('tables written while the generator sends as fast as it goes')
    for (const [others, rate] of Object.entries(rates))
      console.log(
        `${rate.toFixed(1).padStart(8)} tables of ${others} labels a second, ${Math.round(rate * others)} entries a second`,
      )
    console.log(`${Math.round(single).toString().padStart(8)} single labels a second, one after the other`)
    const rate = came / (after.busy - before.busy)
    console.log(
      `${(rate / 1e6).toFixed(2)} Mpps per second of CPU of the proxy's core, which worked ${Math.round((100 * (after.busy - before.busy)) / took)} % of the time; without changes ${(undisturbed / 1e6).toFixed(2)}`,
    )
    console.log(
      `${came} packets came to the proxy meanwhile (${(came / took / 1e6).toFixed(2)} Mpps); it dropped ${after.dropped - before.dropped}, ${came - (after.received - before.received)} did not arrive`,
    )
  } finally {
    await helper.stop()
  }
}

/** The same tables as another generation. */
function withGeneration(image, generation) {
  const at = { labels: 4, ports: 8, services: 0 }
  const generational = Object.fromEntries(
    Object.entries(image.generational).map(([table, entries]) => [
      table,
      entries.map(({ key, value }) => {
        const fresh = Buffer.from(key)
        fresh.writeUInt32LE(generation, at[table])
        return { key: fresh, value }
      }),
    ]),
  )
  const config = Buffer.from(image.config)
  config.writeUInt32LE(generation, 4)
  return { ...image, generation, generational, config }
}
