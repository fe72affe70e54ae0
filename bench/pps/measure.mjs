// What bench/pps.mjs measures: packets per second of CPU, and latency.

/** All contenders in turn, several rounds: what disturbs one disturbs its neighbours. */
export async function rates(lab, contenders, { rounds, seconds, lines, progress }) {
  const results = contenders.map(([name]) => ({ name, rates: [], perCpu: [], drops: 0 }))
  for (let round = 0; round < rounds; round++) {
    for (const [at, [name, program, frame, mode, sessions, scattered]] of contenders.entries()) {
      progress(`round ${round + 1} of ${rounds}: ${name}`)
      await lab.attach(program)
      await lab.settings({ sessions, mode, frame, scattered })
      // Steady state: every session has just sent.
      if (program?.startsWith('sr_')) await lines.write()
      const perSecond = await warmUp(lab, frame)
      const before = await lab.received()
      const busy = lab.busy()
      const took = await lab.generate(frame, Math.round(perSecond * seconds))
      const received = (await lab.received()) - before
      results[at].rates.push(received / took)
      if (lab.busy() > busy && received > 0) results[at].perCpu.push(received / (lab.busy() - busy))
    }
  }
  return results
}

/** @returns frames per second of the generator, which is faster than what it sends to */
async function warmUp(lab, frame) {
  const frames = 200_000
  return frames / (await lab.generate(frame, frames))
}

export function median(list) {
  return [...list].sort((a, b) => a - b)[list.length >> 1]
}

/** @param swap, kernel beginnings of the names of what is compared with */
export function report(results, swap, kernel) {
  // What disturbs a round makes it slower and never faster: the best rounds compare.
  const best = (name) => Math.max(0, ...(results.find((one) => one.name.startsWith(name))?.perCpu ?? []))
  const rounds = (name) => results.find((one) => one.name.startsWith(name))?.perCpu ?? []
  console.log(
    "Mpps: in a second; in a second of CPU of the proxy's core (median, lowest, highest); the highest over the swap's (the median of the rounds' shares), over the kernel's",
  )
  const mega = (rate) => (rate / 1e6).toFixed(2)
  for (const { name, rates, perCpu } of results) {
    const rate = Math.max(...perCpu)
    const spread = `${mega(median(perCpu))} (${mega(Math.min(...perCpu))}-${mega(rate)})`
    const inRounds = median(perCpu.map((one, round) => one / rounds(swap)[round]).filter(Number.isFinite))
    const share = `${Math.round((100 * rate) / best(swap))} % (${Math.round(100 * inRounds)} %)`
    const times = best(kernel) > 0 ? `${(rate / best(kernel)).toFixed(1)} ×` : ''
    console.log(
      `${mega(median(rates)).padStart(6)} ${spread.padStart(18)} ${share.padStart(14)} ${times.padStart(7)}  ${name}`,
    )
  }
}

/** Few packets at a time, so that none waits for another batch; all of them in turn, and the best round of each. */
export async function latencies(lab, rows, rounds, progress) {
  const best = rows.map(([name]) => ({ name, p50: Number.POSITIVE_INFINITY, p99: Number.POSITIVE_INFINITY, all: [] }))
  for (let round = 0; round < rounds; round++) {
    progress(`latency: round ${round + 1} of ${rounds}`)
    for (const [at, [, program, frame, mode]] of rows.entries()) {
      await lab.attach(program)
      await lab.settings({ sessions: 1, mode, frame, stamp: 1 })
      await lab.generate(frame, 64)
      await pause(20)
      await lab.latency()
      for (let burst = 0; burst < 500; burst++) await lab.generate(frame, 4, 4)
      await pause(20)
      const { p50, p99 } = await lab.latency()
      best[at].p50 = Math.min(best[at].p50, p50)
      best[at].p99 = Math.min(best[at].p99, p99)
      best[at].all.push(p99)
    }
  }
  console.log(
    `latency from generator to sink, µs: median, 99th percentile, of the best of ${rounds} rounds; the median round's 99th`,
  )
  const micro = (ns) => (ns / 1000).toFixed(1).padStart(8)
  for (const { name, p50, p99, all } of best) console.log(`${micro(p50)} ${micro(p99)} ${micro(median(all))}  ${name}`)
}

export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
