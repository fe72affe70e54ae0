import assert from 'node:assert/strict'
import { Duplex } from 'node:stream'
import { describe, it } from 'node:test'
import { NETCONF_BASE, NetconfSession } from '../src/rpc/index.js'

const deadlines = { helloTimeoutMs: 30_000, rpcTimeoutMs: 30_000 }
const base10 = 'urn:ietf:params:netconf:base:1.0'
const base11 = 'urn:ietf:params:netconf:base:1.1'

/** A server that says this hello, and answers each request with the next answer; `{id}` is its message-id. */
function server(hello: string, answers: readonly string[], chunked: boolean): Duplex {
  const left = [...answers]
  const stream = new Duplex({
    read() {},
    write(bytes: Buffer, _encoding, done) {
      done()
      for (const [, id = ''] of bytes.toString().matchAll(/message-id="(\d+)"/g)) {
        const text = (left.shift() ?? '').replaceAll('{id}', id)
        stream.push(chunked ? `\n#${Buffer.byteLength(text)}\n${text}\n##\n` : `${text}]]>]]>`)
      }
    },
  })
  stream.push(`${hello}]]>]]>`)
  return stream
}

const hello = (capabilities: readonly string[], before = '') =>
  `${before}<hello xmlns="${NETCONF_BASE}"><capabilities>${capabilities
    .map((uri) => `<capability>${uri}</capability>`)
    .join('')}</capabilities><session-id>7</session-id></hello>`
const reply = (content: string, attributes = '') =>
  `<rpc-reply xmlns="${NETCONF_BASE}" message-id="{id}"${attributes}>${content}</rpc-reply>`

/** What comes of operations that this server answers so. */
async function outcomes(begin: string, answers: readonly string[], chunked = false) {
  const warnings: string[] = []
  const session = await NetconfSession.open(server(begin, answers, chunked), {
    ...deadlines,
    onWarning: (_operation, { message }) => warnings.push(message ?? ''),
  })
  const said: string[] = []
  for (const _ of answers) {
    await session.ok('edit-config', '<edit-config/>').then(
      () => said.push('ok'),
      (error: { code?: string; message: string }) => said.push(`${error.code}: ${error.message}`),
    )
  }
  session.destroy()
  return { session, said, warnings }
}

// source: the forms that devices give hellos and replies in public transcripts (NX-OS, Junos, SR OS, IOS XR), written anew
describe('servers that write it in their own way', () => {
  it('capabilities in the XML namespace of NETCONF (NX-OS, old Junos)', async () => {
    const old = 'urn:ietf:params:xml:ns:netconf'
    const begin = hello([`${old}:base:1.0`, `${old}:capability:candidate:1.0`, `${old}:capability:validate:1.0?x=y`])
    const { session, said } = await outcomes(begin, [
      `<?xml version="1.0" encoding="ISO-8859-1"?>\n<nf:rpc-reply nf:message-id='{id}' xmlns:nf="${NETCONF_BASE}">\n<nf:ok/>\n</nf:rpc-reply>`,
    ])
    assert.deepEqual(said, ['ok'])
    assert.ok(session.capabilities.candidate && session.capabilities.validate && !session.capabilities.chunked)
  })

  it('white space, character references and double escapes in capabilities', async () => {
    const { session } = await outcomes(
      hello([
        `\n  ${base10}\t`,
        'urn:a?module=m-a&amp;revision=2020-01-01',
        'urn:b?revision=1&amp;amp;module=m-b',
        '<![CDATA[urn:c?module=m-c&revision=1]]>',
        'urn:&#100;?module=m-d',
      ]),
      [],
    )
    assert.deepEqual(
      [...session.capabilities.modules],
      [
        ['m-a', 'urn:a'],
        ['m-b', 'urn:b'],
        ['m-c', 'urn:c'],
        ['m-d', 'urn:d'],
      ],
    )
  })

  it('a banner, comments or a byte order mark before the hello', async () => {
    for (const before of [
      'Unauthorised use is prohibited.\r\nGo away\r\n<?xml version="1.0"?>',
      '\n<!-- nobody was harmed -->\n<!-- user a, class b -->\n',
      '\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<?a b?>',
      '<<< WARNING >>>  by <admin@example.net>, a & b\n',
      `${'*'.repeat(200_000)}\n<`,
    ]) {
      assert.deepEqual((await outcomes(hello([base10], before), [`\n${reply('<!-- c --><?pi d?><ok/>')}\n`])).said, [
        'ok',
      ])
    }
  })

  it('a banner that is not UTF-8, in pieces of one byte', async () => {
    const stream = new Duplex({ read() {}, write: (_bytes, _encoding, done) => done() })
    const opened = NetconfSession.open(stream, deadlines)
    const bytes = Buffer.concat([
      Buffer.from('Zugang f\xfcr <Befugte>\r\n', 'latin1'),
      Buffer.from(`${hello([base10])}]]>]]>`),
    ])
    for (const byte of bytes) stream.push(Buffer.from([byte]))
    assert.equal((await opened).sessionId, '7')
    stream.destroy()
  })

  it('what a server says instead of a hello is told', async () => {
    for (const [said, end] of [
      ['Last login: yesterday\nThis account is not available.\n', true],
      ['Password expired\u0007 <change it>\n', true],
      ['<rpc-reply/>]]>]]>', false],
    ] as const) {
      const stream = new Duplex({ read() {}, write: (_bytes, _encoding, done) => done() })
      stream.push(said)
      if (end) stream.push(null)
      await assert.rejects(
        NetconfSession.open(stream, deadlines),
        end
          ? /during the hello; it said: (This account is not available\.|Password expired {2}<change it>)/
          : /<rpc-reply>/,
      )
    }
    const endless = new Duplex({ read() {}, write: (_bytes, _encoding, done) => done() })
    for (let piece = 0; piece < 20; piece++) endless.push('x'.repeat(65_536))
    await assert.rejects(NetconfSession.open(endless, deadlines), /no hello/)
  })

  it('hello and replies without a namespace', async () => {
    const begin = `<hello><capabilities><capability>${base10}</capability></capabilities><session-id>3</session-id></hello>`
    const { session, said } = await outcomes(begin, [
      '<rpc-reply message-id="{id}"><ok/></rpc-reply>',
      '<rpc-reply message-id="{id}"><rpc-error><error-tag>bad-element</error-tag></rpc-error></rpc-reply>',
    ])
    assert.equal(session.sessionId, '3')
    assert.deepEqual(said, ['ok', 'RPC_BAD_ELEMENT: edit-config refused: bad-element'])
  })

  it('line feeds between messages in chunks', async () => {
    const { said } = await outcomes(`${hello([base11])}`, [reply('<ok/>'), reply('<ok/>')], true)
    assert.deepEqual(said, ['ok', 'ok'])
    const wire = (text: string) => `\n#${text.length}\n${text}\n##\n`
    const stream = new Duplex({ read() {}, write: (_bytes, _encoding, done) => done() })
    stream.push(`${hello([base11])}]]>]]>\r\n`)
    const session = await NetconfSession.open(stream, deadlines)
    const both = Promise.all([session.ok('a', '<a/>'), session.ok('b', '<b/>')])
    stream.push(`\n${wire(reply('<ok/>').replace('{id}', '1'))}\n \n${wire(reply('<ok/>').replace('{id}', '2'))}`)
    await both
    session.destroy()
  })

  it('warnings instead of ok (RFC 6241 §4.4)', async () => {
    const warning =
      '<rpc-error><error-severity> warning </error-severity><error-message>look</error-message></rpc-error>'
    const { said, warnings } = await outcomes(hello([base10]), [reply(warning), reply(`<ok/>${warning}`)])
    assert.deepEqual(said, ['ok', 'ok'])
    assert.deepEqual(warnings, ['look', 'look'])
  })

  it('errors inside of the results of Junos are errors, warnings there are not', async () => {
    const inner = (severity: string) =>
      `<rpc-error><error-severity>${severity}</error-severity><error-message>\nwhy\n</error-message></rpc-error>`
    const { said, warnings } = await outcomes(hello([base10]), [
      reply(`<commit-results><routing-engine><name>re0</name>${inner('error')}</routing-engine></commit-results>`),
      reply(
        `<commit-results>${inner('warning')}<routing-engine><commit-success/></routing-engine></commit-results><ok/>`,
      ),
      reply(`<load-configuration-results>${inner('error')}<ok/></load-configuration-results>`),
      reply('<load-configuration-results><ok/></load-configuration-results>', ' xmlns:junos="urn:j" junos:style="x"'),
    ])
    const refused = 'RPC_OPERATION_FAILED: edit-config refused: why'
    assert.deepEqual(said, [refused, 'ok', refused, 'ok'])
    assert.deepEqual(warnings, ['why'])
  })

  it('nothing at all is no success', async () => {
    const { said } = await outcomes(hello([base10]), [reply(''), reply('<ok xmlns="urn:other"/>'), reply('<data/>')])
    assert.deepEqual(
      said.map((one) => one.split(':')[0]),
      ['REPLY_WITHOUT_OK', 'REPLY_WITHOUT_OK', 'REPLY_WITHOUT_OK'],
    )
  })
})
