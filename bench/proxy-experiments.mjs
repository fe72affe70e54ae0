// The published experiments, repeated with figures: a firewall that moves under a stream, a second one that is chained
// in, three VNFs in two data centres, tables written under load. Needs root. node bench/proxy-experiments.mjs [packets, at most 4000000]
import { existsSync } from 'node:fs'

const lab = new URL('../packages/sr-proxy/dist/test/lab/', import.meta.url)
if (process.platform !== 'linux' || process.getuid?.() !== 0) {
  console.error('needs root on Linux: sudo node bench/proxy-experiments.mjs')
  process.exit(2)
}
if (!existsSync(lab)) {
  console.error('build first: npm run setup')
  process.exit(2)
}
const { moveFirewall } = await import(new URL('move-firewall.js', lab))
const { secondFirewall } = await import(new URL('second-firewall.js', lab))
const { threeVnfs } = await import(new URL('order.js', lab))
const { updatesUnderLoad } = await import(new URL('updates.js', lab))

const packets = Math.min(4_000_000, Number(process.argv[2] ?? 1_000_000))
console.log('A firewall moves from host A to host B under a stream')
console.table([await moveFirewall(packets)])
console.log('A second firewall, which drops TCP port 80, is chained in while downloads go on')
const { counters, ...chained } = await secondFirewall(8 * 1024 * 1024)
console.table([chained])
console.log('Three VNFs behind two proxies')
console.table([await threeVnfs(packets)])
console.log('Tables written while packets go through')
console.table([await updatesUnderLoad(1000, 5), await updatesUnderLoad(10_000, 5)])
