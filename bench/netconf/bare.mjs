import { spawn } from 'node:child_process'
import { config, WARM_UP } from './config.mjs'

const base = 'urn:ietf:params:xml:ns:netconf:base:1.0'
const END = Buffer.from('\n##\n')

/** OpenSSH's client, bytes that were prepared, and replies that are only counted: what the server alone takes. */
export async function bare(server, count, atOnce) {
  const options = ['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR']
  const where = ['-i', server.keyFile, '-p', String(server.port), 'root@127.0.0.1', '-s', 'netconf']
  const ssh = spawn('ssh', [...options, ...where], { stdio: ['pipe', 'pipe', 'ignore'] })
  let waiting
  let due = 0
  let tail = Buffer.alloc(0)
  let mark = Buffer.from(']]>]]>')
  ssh.stdout.on('data', (chunk) => {
    const bytes = Buffer.concat([tail, chunk])
    let at = 0
    for (let end = bytes.indexOf(mark, at); end >= 0; end = bytes.indexOf(mark, at)) {
      at = end + mark.length
      due--
    }
    tail = bytes.subarray(Math.max(at, bytes.length - mark.length + 1))
    if (due <= 0) waiting?.()
  })
  const replies = (number) => {
    due = number
    return new Promise((resolve) => {
      waiting = resolve
    })
  }
  const hello = replies(1)
  ssh.stdin.write(
    `<hello xmlns="${base}"><capabilities><capability>urn:ietf:params:netconf:base:1.1</capability></capabilities></hello>]]>]]>`,
  )
  await hello
  mark = END
  tail = Buffer.alloc(0)
  const rpc = (id, content) => {
    const message = `<rpc xmlns="${base}" message-id="${id}">${content}</rpc>`
    return `\n#${message.length}\n${message}\n##\n`
  }
  const total = WARM_UP + count
  const prepared = Array.from({ length: total }, (_, index) => {
    const edit = `<edit-config><target><candidate/></target><config>${config(6000 + index)}</config></edit-config>`
    const parts = [edit, '<validate><source><candidate/></source></validate>', '<commit/>'].map((content, at) =>
      rpc(index * 3 + at, content),
    )
    return { first: Buffer.from(parts.slice(0, atOnce).join('')), rest: Buffer.from(parts.slice(atOnce).join('')) }
  })
  let started = 0
  for (const [index, { first, rest }] of prepared.entries()) {
    if (index === WARM_UP) started = performance.now()
    const answered = replies(atOnce)
    ssh.stdin.write(first)
    await answered
    if (rest.length === 0) continue
    const done = replies(3 - atOnce)
    ssh.stdin.write(rest)
    await done
  }
  const ms = (performance.now() - started) / count
  ssh.stdin.end()
  ssh.kill('SIGTERM')
  return { ms, cpu: Number.NaN }
}
