// Makes a fresh clone ready: installs what the lock file says, compiles, writes the command manifests.
// Runs before anything has been installed: nothing but Node's own modules here.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 20)) {
  console.error(`segchain needs Node.js 20.20 or later; this is ${process.versions.node}`)
  process.exit(2)
}

install()
run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b'], 'compile')
run(process.execPath, [join(root, 'scripts/build.mjs')], 'write the command manifests')

function install() {
  const stamp = join(root, 'node_modules/.segchain-setup')
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  console.error(`setting up, once: ${packageManager} installs from the npm registry …`)
  run('npm', ['exec', '--yes', `--package=${packageManager}`, '--', 'pnpm', 'install', '--frozen-lockfile'], 'install')
  writeFileSync(stamp, lock)
}

/** Says nothing when all goes well; everything when not. */
function run(command, args, what) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, CI: process.env.CI ?? 'true' },
  })
  if (status === 0) return
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}${error ? `${error.message}\n` : ''}`)
  console.error(`could not ${what} (${command} ended with ${status})`)
  process.exit(1)
}
