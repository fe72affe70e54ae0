import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { bashCompletion } from '../src/completion/bash.js'
import { fishCompletion } from '../src/completion/fish.js'
import type { ToolWords } from '../src/completion/tool-words.js'
import { zshCompletion } from '../src/completion/zsh.js'

const format = {
  name: 'format',
  char: 'f',
  summary: "the operator's choice",
  takesValue: true,
  values: ['json', 'text'],
}
const tool: ToolWords = {
  bin: 'sr-tool',
  commands: [
    {
      words: 'apply',
      summary: 'apply it',
      flags: [format, { name: 'force', summary: '', takesValue: false, values: [] }],
    },
    {
      words: 'show labels',
      summary: 'the labels',
      flags: [{ name: 'file', summary: '', takesValue: true, values: [] }],
    },
    { words: 'show stats', summary: 'the counters', flags: [] },
  ],
}

/** What is offered for the last of these words. */
const cases: readonly (readonly [words: readonly string[], offered: readonly string[]])[] = [
  [[''], ['apply', 'show']],
  [['sh'], ['show']],
  [
    ['show', ''],
    ['labels', 'stats'],
  ],
  [['show', 'la'], ['labels']],
  [
    ['apply', '--fo'],
    ['--force', '--format'],
  ],
  [
    ['apply', '--format', ''],
    ['json', 'text'],
  ],
  [['apply', '-f', 'j'], ['json']],
  [['apply', 'plan.ndjson', '--force', '--forma'], ['--format']],
  [['show', 'labels', '--fi'], ['--file']],
]

function missing(shell: string): string | false {
  return spawnSync(shell, ['--version']).error === undefined ? false : `${shell} is not installed`
}

function ask(shell: string, args: readonly string[], script: string): string[] {
  const { status, stdout, stderr } = spawnSync(shell, [...args, '-c', script], { encoding: 'utf8', timeout: 60_000 })
  assert.deepEqual([status, stderr], [0, ''])
  return stdout.split('\n').filter((line) => line !== '')
}

/** What a shell script that calls the function for each case, as bash and zsh do, prints. */
function byFunction(shell: string, args: readonly string[], script: string, before: string): void {
  for (const [words, offered] of cases) {
    const line = ['sr-tool', ...words].map((word) => `'${word}'`).join(' ')
    const call = `${before}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length}; _sr_tool; printf '%s\\n' "\${COMPREPLY[@]}"`
    const found = ask(shell, args, `${script}\n${call}\n`)
    // zsh leaves out what does not begin so when it shows them.
    const fitting = found.filter((one) => shell !== 'zsh' || one.startsWith(words.at(-1) ?? ''))
    assert.deepEqual(fitting.sort(), [...offered].sort(), words.join(' '))
  }
}

test('bash is offered commands, flags and values', { skip: missing('bash') }, () => {
  byFunction('bash', ['--norc'], bashCompletion(tool), '')
  const equals = `COMP_WORDS=(sr-tool apply --format = j); COMP_CWORD=4; _sr_tool; printf '%s\\n' "\${COMPREPLY[@]}"`
  assert.deepEqual(ask('bash', ['--norc'], `${bashCompletion(tool)}\n${equals}\n`), ['json'])
})

test('zsh is offered the same', { skip: missing('zsh') }, () => {
  byFunction('zsh', ['-f'], zshCompletion(tool), 'emulate sh')
})

test('fish is offered the same, each with what it is for', { skip: missing('fish') }, () => {
  for (const [words, offered] of cases) {
    const line = `sr-tool ${words.join(' ')}`
    const found = ask('fish', ['--no-config'], `${fishCompletion(tool)}\ncomplete -C ${JSON.stringify(line)}\n`)
    const known = found.map((one) => one.split('\t')[0] ?? '')
    for (const one of offered) assert.ok(known.includes(one), `${line}: ${found.join(', ')}`)
  }
  const [first] = ask('fish', ['--no-config'], `${fishCompletion(tool)}\ncomplete -C "sr-tool apply --form"\n`)
  assert.equal(first, "--format\tthe operator's choice")
})
