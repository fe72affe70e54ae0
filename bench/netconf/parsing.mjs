// A get-config reply of 1, 3 and 10 MB, as it comes from the wire in pieces of 32 KB: bytes to tree.
const push = await import('../../packages/netconf-push/dist/src/index.js')

const entry = '<entry><prefix>10.0.0.1/32</prefix><algorithm>shortest</algorithm><start-sid>1</start-sid></entry>'

function parse(megabytes) {
  const bytes = push.frame(`<data>${entry.repeat(Math.round((megabytes * 1e6) / entry.length))}</data>`, '1.1')
  let root
  const reader = new push.MessageReader((message) => {
    root = message
  })
  reader.use('1.1')
  const started = performance.now()
  for (let at = 0; at < bytes.length; at += 32_768) reader.push(bytes.subarray(at, at + 32_768))
  const ms = performance.now() - started
  return { ms, entries: root.children.length }
}

parse(3)
console.log('get-config reply      ms   ms a MB   entries')
for (const megabytes of [1, 3, 10]) {
  const runs = [1, 2, 3].map(() => parse(megabytes)).sort((a, b) => a.ms - b.ms)
  const { ms, entries } = runs[0]
  const columns = [ms.toFixed(0).padStart(8), (ms / megabytes).toFixed(1).padStart(10), String(entries).padStart(10)]
  console.log(`${String(megabytes).padStart(13)} MB${columns.join('')}`)
}
