import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { looksLikeHex } from '../src/decode/read-hex.js'
import { CaptureDecoder } from '../src/index.js'
import { announcing, localNode, nlri, remoteNode, tlv } from './support/fixtures.js'

const { bytes: node } = announcing(nlri(1, 2, localNode), tlv(1026, '7231'))
const { bytes: link } = announcing(nlri(2, 2, localNode + remoteNode), tlv(1095, '0a'))
const hex = (bytes: Buffer) => bytes.toString('hex')
const pairs = (bytes: Buffer) => hex(bytes).match(/../g) ?? []

/** As xxd, `hexdump -C` and Wireshark write it. */
function dump(bytes: Buffer, style: 'xxd' | 'hexdump' | 'wireshark'): string {
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += 16) {
    const part = bytes.subarray(at, at + 16)
    const text = part.toString('latin1').replace(/[^ -~]/g, '.')
    const offset = at.toString(16).padStart(style === 'wireshark' ? 4 : 8, '0')
    if (style === 'xxd')
      lines.push(
        `${offset}: ${hex(part)
          .replace(/(....)/g, '$1 ')
          .trim()}  ${text}`,
      )
    else if (style === 'hexdump') lines.push(`${offset}  ${pairs(part).join(' ')}  |${text}|`)
    else lines.push(`${offset}   ${pairs(part).join(' ')}   ${text}`)
  }
  if (style === 'hexdump') lines.push(bytes.length.toString(16).padStart(8, '0'))
  return `${lines.join('\n')}\n`
}

async function kinds(text: string): Promise<string[]> {
  assert.ok(looksLikeHex(Buffer.from(text).subarray(0, 64)), text.slice(0, 64))
  const decoder = new CaptureDecoder({ strictOrder: false })
  for await (const found of decoder.decode(Readable.from([Buffer.from(text)]))) assert.equal(found.kind, 'record')
  return decoder.rib.snapshot().map(({ kind }) => kind)
}

const both = ['node', 'link']

test('hexadecimal text may have separators and prefixes of all kinds, and line ends of Windows', async () => {
  assert.deepEqual(await kinds(`${hex(node)}\r\n\r\n# a comment\r\n${hex(link).toUpperCase()}\r\n`), both)
  for (const separator of [' ', ':', ', ']) {
    assert.deepEqual(await kinds(`${pairs(node).join(separator)}\n${pairs(link).join(separator)}`), both)
  }
  for (const prefix of ['0x', '\\x']) {
    const written = (bytes: Buffer) => pairs(bytes).map((pair) => prefix + pair)
    assert.deepEqual(await kinds(`${written(node).join(', ')}\n${written(link).join('')}\n`), both)
  }
})

test('a message with its header may be broken over lines', async () => {
  const wrapped = (bytes: Buffer, width: number) => hex(bytes).replace(new RegExp(`(.{${width}})`, 'g'), '$1\n')
  assert.deepEqual(await kinds(`${wrapped(node, 38)}\n${wrapped(link, 64)}`), both)
})

test('dumps of xxd, hexdump and Wireshark are read, of several messages and beside lines', async () => {
  for (const style of ['xxd', 'hexdump', 'wireshark'] as const) {
    assert.deepEqual(await kinds(dump(node, style) + dump(link, style)), both)
    assert.deepEqual(await kinds(`${dump(node, style)}\n${hex(link)}\n`), both)
    assert.deepEqual(await kinds(`${hex(node)}\n${dump(link, style)}`), both)
  }
})

test('bodies of UPDATEs whose first bytes look like offsets are bodies', async () => {
  const body = (bytes: Buffer) => hex(bytes.subarray(19)).replace(/(....)/g, '$1 ')
  assert.deepEqual(await kinds(`${body(node)}\n${body(link)}\n`), both)
})

test('a BMP message in a line is one', async () => {
  const peer = `0000${'00'.repeat(20)}0a6300010000fde80aff000100000000${'00000000'}`
  const body = Buffer.concat([Buffer.from(peer, 'hex'), node])
  const header = Buffer.from([3, 0, 0, 0, 0, 0])
  header.writeUInt32BE(6 + body.length, 1)
  assert.deepEqual(await kinds(`# r1\n${hex(Buffer.concat([header, body]))}\n`), ['node'])
})
