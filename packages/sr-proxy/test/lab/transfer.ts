import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Lab } from './lab.js'
import { SIDE } from './two-sided-lab.js'

const SERVER = `
const { createServer } = require('node:net')
const bytes = require('node:fs').readFileSync(process.argv[1])
for (const port of process.argv.slice(2)) {
  createServer((socket) => {
    socket.on('error', () => {})
    socket.end(bytes)
  }).listen(Number(port), () => console.log('listening'))
}`
const CLIENT = `
const { connect } = require('node:net')
const hash = require('node:crypto').createHash('sha256')
const socket = connect(Number(process.argv[2]), process.argv[1])
socket.setTimeout(Number(process.argv[3]), () => { console.log('silence'); process.exit(0) })
socket.on('data', (chunk) => hash.update(chunk))
socket.on('end', () => { console.log(hash.digest('hex')); process.exit(0) })
socket.on('error', (error) => { console.log(error.code); process.exit(0) })`

/** A file on the server, on some TCP ports. @returns its SHA-256 */
export async function serveFile(lab: Lab, bytes: number, ports: readonly number[]): Promise<string> {
  const content = randomBytes(bytes)
  const { writeFileSync } = await import('node:fs')
  const file = `${lab.folder}/download`
  writeFileSync(file, content)
  const server = lab.spawn('server', [process.execPath, '-e', SERVER, file, ...ports.map(String)])
  for (let heard = 0; heard < ports.length; ) {
    const [chunk] = await once(server.stdout ?? server, 'data')
    heard += String(chunk).split('listening').length - 1
  }
  return createHash('sha256').update(content).digest('hex')
}

/** What the client gets: the SHA-256 of the file, an error's code, or `silence`. */
export async function download(lab: Lab, port: number, patienceMs = 30_000): Promise<string> {
  const client = lab.spawn('client', [
    process.execPath,
    '-e',
    CLIENT,
    SIDE.server.address,
    String(port),
    String(patienceMs),
  ])
  let text = ''
  client.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  let errors = ''
  client.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  await once(client, 'close')
  return text.trim() || errors
}
