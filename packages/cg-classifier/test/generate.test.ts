import assert from 'node:assert/strict'
import test from 'node:test'
import { reportsOfCapture } from '../src/features/reports-of-capture.js'
import { transmit } from '../src/generate/access.js'
import { addAcknowledgedVideo } from '../src/generate/acknowledged.js'
import { captureOf } from '../src/generate/capture.js'
import type { GeneratedPacket } from '../src/generate/packet.js'
import { Random } from '../src/generate/random.js'
import { generateSession } from '../src/generate/session.js'
import { reportsOfSession } from '../src/generate/session-reports.js'
import { sources } from '../src/generate/sources.js'
import { addVideo } from '../src/generate/video.js'

function sourceOf(name: string) {
  const source = sources.find((one) => one.name === name)
  assert.ok(source)
  return source
}
const average = (packets: readonly GeneratedPacket[]) =>
  packets.reduce((sum, packet) => sum + packet.size, 0) / packets.length

test('xcloud sessions have the averages of Xbox Cloud Gaming flows', () => {
  // source: ranges of the flow averages (dcomp-leris/VR-AR-CG-network-telemetry); Ethernet bytes are UDP payload + 42
  // The smallest mean frame of those flows is 976 B; ours may be a sixth less where a session is dark throughout.
  for (let seed = 0; seed < 10; seed++) {
    const { packets } = generateSession(sourceOf('xcloud'), String(seed), 20)
    const down = packets.filter((packet) => packet.down)
    const up = packets.filter((packet) => !packet.down)
    const frame = average(down) + 42
    assert.ok(frame > 800 && frame < 1180, `mean frame down ${frame}`)
    assert.ok(down.length / 20 > 200 && down.length / 20 < 1400, `${down.length / 20} packets/s down`)
    assert.ok(up.length / 20 > 50 && up.length / 20 < 150, `${up.length / 20} packets/s up`)
    const upFrame = average(up) + 42
    assert.ok(upFrame > 120 && upFrame < 150, `mean frame up ${upFrame}`)
  }
})

test('TR 38.838 sessions have its rate, and 250 packets of 100 B a second up', () => {
  const { packets } = generateSession(sourceOf('tr38838'), 'a', 20, 30)
  const down = packets.filter((packet) => packet.down)
  const rate = (down.reduce((sum, packet) => sum + packet.size, 0) * 8) / 20 / 1e6
  assert.ok(Math.abs(rate - 30) < 1, `${rate} Mbit/s`)
  const up = packets.filter((packet) => !packet.down)
  assert.ok(up.every((packet) => packet.size === 100) && Math.abs(up.length - 5000) < 50)
})

test('generated frames vary as those of real game streaming do', () => {
  // source: ranges of real game-streaming frame traces: variation 0.15-0.25, lag-1 autocorrelation 0.40-0.67,
  // interval deviation 1.2-2.6 ms at 60 frames/s (ours 1.0-2.2 before the access link); packets of a frame within µs
  for (let seed = 0; seed < 8; seed++) {
    const random = new Random(`frames/${seed}`)
    const jitter = random.between(1.2e-3, 2.6e-3)
    const frames: { time: number; bytes: number }[] = []
    const packets: GeneratedPacket[] = []
    const variation = random.between(0.15, 0.25)
    const correlation = random.between(0.4, 0.67)
    const video = { down: true, mbps: 20, fps: 60, payload: 1200, spread: 0, bursts: 1, sceneRate: 0 }
    addVideo(packets, random, 60, { ...video, variation, correlation, jitter })
    for (const { time, size } of packets) {
      const last = frames.at(-1)
      if (last !== undefined && time - last.time < 1e-3) last.bytes += size
      else frames.push({ time, bytes: size })
    }
    const mean = frames.reduce((sum, frame) => sum + frame.bytes, 0) / frames.length
    const deviations = frames.map((frame) => frame.bytes / mean - 1)
    const square = deviations.reduce((sum, value) => sum + value * value, 0) / frames.length
    const product = deviations.slice(1).reduce((sum, value, at) => sum + value * (deviations[at] ?? 0), 0)
    assert.ok(Math.abs(Math.sqrt(square) - variation) < 0.03, `variation ${Math.sqrt(square)} for ${variation}`)
    const lag1 = product / frames.length / square
    assert.ok(Math.abs(lag1 - correlation) < 0.1, `autocorrelation ${lag1} for ${correlation}`)
    const gaps = frames.slice(1).map((frame, at) => frame.time - (frames[at]?.time ?? 0) - 1 / 60)
    const spread = Math.sqrt(gaps.reduce((sum, gap) => sum + gap * gap, 0) / gaps.length)
    assert.ok(spread > 0.8e-3 && spread < 2.8e-3, `interval deviation ${spread * 1e3} ms`)
  }
})

test('every source says what its parameters are and where they are from', () => {
  for (const { name, parameters, rates } of sources) {
    assert.ok(parameters.length > 0 && rates[0] > 0 && rates[1] > rates[0], name)
    assert.ok(
      parameters.some((line) => /:|our assumption/.test(line)),
      name,
    )
  }
})

test('the same seed gives the same packets, another one others', () => {
  for (const source of sources) {
    const one = generateSession(source, 'a', 2)
    assert.deepEqual(generateSession(source, 'a', 2), one, source.name)
    assert.notDeepEqual(generateSession(source, 'b', 2).packets, one.packets, source.name)
    assert.ok(one.packets.length > 10 || source.name === 'web', `${source.name}: ${one.packets.length} packets`)
    assert.ok(
      one.packets.every(({ time, size }) => time >= 0 && Number.isInteger(size) && size >= 8 && size <= 1472),
      source.name,
    )
  }
})

test('the capture and the shorter way give the same windows', async () => {
  const session = generateSession(sourceOf('video-call'), 'x', 3)
  async function* chunks() {
    yield* captureOf(session)
  }
  const found = []
  for await (const report of reportsOfCapture(chunks())) found.push([report.forward, report.backward])
  assert.deepEqual(
    found,
    reportsOfSession(session).map(({ forward, backward }) => [forward, backward]),
  )
})

test('a start-up comes before the same media, with few packets of its own', () => {
  for (const source of sources) {
    const [plain, begun] = [generateSession(source, 'a', 2, 5), generateSession(source, 'a', 2, 5, 3)]
    assert.deepEqual(generateSession(source, 'a', 2, 5, 3), begun, source.name)
    const before = begun.packets.filter(({ time }) => time < 3)
    assert.ok(before.length >= 8, `${source.name}: ${before.length} packets before the media`)
    const bytes = (packets: readonly GeneratedPacket[]) => packets.reduce((sum, { size }) => sum + size, 0)
    const [wanted, found] = [bytes(plain.packets), bytes(begun.packets) - bytes(before)]
    assert.ok(Math.abs(found - wanted) < 0.1 * wanted + 5000, `${source.name}: ${found} bytes of media, not ${wanted}`)
  }
})

test('SRT acknowledges every 10 ms, and each acknowledgement is acknowledged', () => {
  // source: draft-sharabayko-srt-01 §4.8.1 (full ACK every 10 ms), §3.2.4 (16 bytes of header, 28 of a full ACK)
  for (let seed = 0; seed < 6; seed++) {
    const { packets } = generateSession(sourceOf('srt'), String(seed), 10)
    const heavier = packets.filter(({ size }) => size > 500).filter(({ down }) => down).length > 0
    const count = (down: boolean, size: number) =>
      packets.filter((one) => one.down === down && one.size === size).length
    for (const seen of [count(!heavier, 44), count(heavier, 16)])
      assert.ok(seen > 950 && seen < 1050, `${seen} in 10 s`)
    assert.ok(packets.every(({ size }) => size <= 1332))
  }
})

test('video that is acknowledged is answered at the rate of its packets', () => {
  const packets: GeneratedPacket[] = []
  const frames = { variation: 0.2, correlation: 0.5, jitter: 1e-3, spread: 0, bursts: 1, sceneRate: 0 }
  const video = { down: true, mbps: 8, fps: 30, payload: 1200, ...frames }
  addAcknowledgedVideo(packets, new Random('acks'), 10, video, { every: 4, bytes: 30, delay: 0.01 })
  const up = packets.filter(({ down }) => !down).length
  assert.equal(up, Math.floor((packets.length - up) / 4))
})

test('forward error correction adds its part of packets behind each frame', () => {
  const frames = { variation: 0, correlation: 0, jitter: 0, spread: 0, bursts: 1, sceneRate: 0 }
  const sent = (redundancy: number) => {
    const packets: GeneratedPacket[] = []
    addVideo(packets, new Random('fec'), 10, { down: true, mbps: 9.6, fps: 60, payload: 1000, ...frames, redundancy })
    return packets.length / 600
  }
  assert.equal(sent(0), 20)
  assert.equal(sent(0.2), 24)
})

test('whatever the access, cloud gaming, calls and games end when they end: what they send keeps up', () => {
  const live = ['voip', 'video-call', 'conference', 'live-broadcast', 'online-game']
  for (const source of sources.filter((one) => one.class === 'cloud-gaming' || live.includes(one.name))) {
    for (let seed = 0; seed < 12; seed++) {
      const { packets, access, mbps } = generateSession(source, `access/${seed}`, 20)
      const last = packets.at(-1)?.time ?? 0
      assert.ok(last < 21, `${source.name}, ${mbps.toFixed(1)} Mbit/s over ${access.name}: last packet at ${last} s`)
    }
  }
})

test('a radio link sends all that waits at its moment', () => {
  const access = { name: '5g', mbps: 1000, slot: 0.0025, jitter: 0, loss: 0 } as const
  const sent = Array.from({ length: 1000 }, (_, index) => ({ time: index * 1e-4, size: 1000, down: true }))
  const arrived = transmit(sent, new Random('slots'), access)
  assert.ok((arrived.at(-1)?.time ?? 1) < 0.1 + 0.0028, 'it keeps up')
  const bursts = arrived.filter(({ time }, index) => time - (arrived[index - 1]?.time ?? -1) > 1e-3)
  assert.equal(bursts.length, 41)
})
