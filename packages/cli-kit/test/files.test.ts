import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { cannotRead, expandHome, loadDeviceIntents, readBytes, readText, yamlFiles } from '../src/files/index.js'

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segchain-files-'))
  await mkdir(join(folder, 'site', 'folder.yaml'), { recursive: true })
  await writeFile(join(folder, 'b.yml'), 'r2')
  await writeFile(join(folder, 'site', 'a.yaml'), 'r1')
  await writeFile(join(folder, 'notes.txt'), 'r3')
})
after(() => rm(folder, { recursive: true, force: true }))

/** A format of its own: a line is a name. */
const parse = (text: string, file: string) => text.split('\n').map((name, i) => ({ name, file, line: i + 1 }))

test('the YAML files of a folder come in the order of their paths, without anything that is none', async () => {
  assert.deepEqual(await yamlFiles(folder), [join(folder, 'b.yml'), join(folder, 'site', 'a.yaml')])
})

test('a file that is named is taken whatever its name', async () => {
  assert.deepEqual(await yamlFiles(join(folder, 'notes.txt')), [join(folder, 'notes.txt')])
})

test('what cannot be read is named, with the reason, as an error of usage', async () => {
  const missing = join(folder, 'none')
  for (const read of [yamlFiles, readBytes, readText]) {
    await assert.rejects(read(missing), {
      name: 'SegchainError',
      category: 'usage',
      code: 'CANNOT_READ',
      message: new RegExp(`^cannot read ${missing}: ENOENT`),
      where: { file: missing },
    })
  }
  await assert.rejects(readText(folder), { code: 'CANNOT_READ', message: /EISDIR/ })
})

test('an error can say in other words what it was, and what to do', () => {
  const error = cannotRead('a/b', 'gone', { what: 'the intents in a/b', hint: 'name a directory' })
  assert.equal(error.message, 'cannot read the intents in a/b: gone')
  assert.equal(error.hint, 'name a directory')
})

test('~/ is the home of the user; a ~ anywhere else is a letter', () => {
  assert.equal(expandHome('~/.ssh/id'), join(homedir(), '.ssh/id'))
  for (const path of ['~', '~other/key', 'a/~/b', '/~/b']) assert.equal(expandHome(path), path)
})

test('Devices of several files are one inventory', async () => {
  const devices = await loadDeviceIntents(folder, parse)
  assert.deepEqual([...devices.keys()], ['r2', 'r1'])
  assert.deepEqual(devices.get('r1'), { name: 'r1', file: join(folder, 'site', 'a.yaml'), line: 1 })
})

test('a Device that is there twice is an error that names both places', async () => {
  const file = join(folder, 'twice.txt')
  await writeFile(file, 'r1\nr2\nr1')
  await assert.rejects(loadDeviceIntents(file, parse), {
    category: 'data',
    code: 'DEVICE_TWICE',
    message: `Device r1 is also in ${file}:1`,
    where: { file, line: 3 },
  })
})
