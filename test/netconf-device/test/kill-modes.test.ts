import { describe } from 'node:test'
import { allCapabilities } from '../src/index.js'
import type { KillPoint } from './kill-at.js'
import { type Course, strikeEverywhere } from './kill-courses.js'

function without(...words: readonly string[]): string[] {
  return allCapabilities.filter((uri) => !words.some((word) => uri.includes(word)))
}

const committing = ({ operation }: KillPoint): boolean => ['commit', 'cancel-commit'].includes(operation)
const undoing = ({ operation, count }: KillPoint): boolean =>
  operation === 'cancel-commit' || (operation === 'get-config' && count > 2)

const courses: readonly Course[] = [
  ['confirmed commit with persist-id, and a rollback', {}, 'ill', undoing],
  ['confirmed commit without persist-id', { capabilities: without('confirmed-commit:1.1') }, 'well', committing],
  [
    'confirmed commit without persist-id, and a rollback',
    { capabilities: without('confirmed-commit:1.1') },
    'ill',
    committing,
  ],
  [
    'confirmed commit of Junos',
    {
      capabilities: without('confirmed-commit:1.1'),
      quirks: { timerOutlivesSession: true, validateConfirms: true, commitResults: true },
    },
    'well',
    committing,
  ],
  ['no confirmed commit', { capabilities: without('confirmed-commit') }, 'well', committing],
  [
    'no candidate',
    { capabilities: without('confirmed-commit', 'candidate', 'validate') },
    'well',
    (point) => point.operation === 'edit-config',
  ],
]

describe('kill -9 around every commit', () => {
  for (const course of courses) strikeEverywhere(course)
})
