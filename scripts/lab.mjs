// npm run lab: the labs of test/lab, live; `npm run lab -- setup`, `npm run lab -- record [LAB…]`.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const lab = join(root, 'test/lab/dist')
const args = process.argv.slice(2)
const isCommand = ['setup', 'record', '--help'].includes(args[0])
const command = isCommand
  ? [join(lab, 'src/main.js'), ...args]
  : ['--test', '--test-reporter=spec', join(lab, 'test/live.test.js')]
const { status } = spawnSync(process.execPath, command, {
  stdio: 'inherit',
  env: { ...process.env, ...(isCommand ? {} : { SEGCHAIN_LAB: args.length === 0 ? '1' : args.join(',') }) },
})
process.exitCode = status ?? 1
