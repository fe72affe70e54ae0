// After tsc: bundles what packages say they want bundled, writes oclif.manifest.json of every tool (so that
// --help loads no command), and marks the bins executable. Each only when something is newer.
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const require = createRequire(join(root, 'packages/cli-kit/package.json'))

const packages = readdirSync(join(root, 'packages'))
  .map((name) => join(root, 'packages', name))
  .filter((folder) => existsSync(join(folder, 'package.json')))
  .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }))

// Bundles first: the commands of a tool, which are loaded for its manifest, may need any of them.
for (const { folder, manifest } of packages) {
  if (manifest.segchain?.bundle !== undefined) await bundle(folder, manifest.segchain.bundle)
}
for (const { folder, manifest } of packages) {
  if (manifest.oclif === undefined) continue
  for (const bin of Object.values(manifest.bin ?? {})) chmodSync(join(folder, bin), 0o755)
  await writeManifest(folder)
}

/**
 * One file instead of several hundred (typebox alone has 700): loading them took 0.2 s at every start of every
 * tool. Shared code goes into chunks, so that a class is one class whichever entry it came through.
 */
async function bundle(folder, entries) {
  const outdir = join(folder, 'dist/bundle')
  if (isCurrent(join(outdir, `${entries[0]}.js`), folder)) return
  const { build } = await import('esbuild')
  await build({
    entryPoints: entries.map((entry) => join(folder, 'dist/src', `${entry}.js`)),
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    keepNames: true,
    logLevel: 'error',
  })
}

function isCurrent(target, folder) {
  const sources = [join(folder, 'package.json'), ...files(join(folder, 'dist/src'))]
  const newest = Math.max(...sources.map((file) => statSync(file).mtimeMs))
  return existsSync(target) && statSync(target).mtimeMs >= newest
}

/** Loads the commands once. */
async function writeManifest(folder) {
  const target = join(folder, 'oclif.manifest.json')
  if (isCurrent(target, folder)) return
  const { Plugin } = await import(pathToFileURL(require.resolve('@oclif/core')).href)
  const plugin = new Plugin({ root: folder, type: 'core', ignoreManifest: true, errorOnManifestCreate: true })
  await plugin.load()
  writeFileSync(target, `${JSON.stringify(plugin.manifest, undefined, 2)}\n`)
}

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? files(join(folder, entry.name))
      : entry.name.endsWith('.js')
        ? [join(folder, entry.name)]
        : [],
  )
}
