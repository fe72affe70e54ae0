// `npm run bench` lists the measurements, `npm run bench -- startup` runs one: bench/startup.mjs.
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const folder = join(dirname(fileURLToPath(import.meta.url)), '../bench')
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.slice(0, -'.mjs'.length))
const [name, ...rest] = process.argv.slice(2)
if (name === undefined || !names.includes(name)) {
  console.error(`npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`)
  process.exit(2)
}
process.argv = [process.argv[0], join(folder, `${name}.mjs`), ...rest]
await import(pathToFileURL(join(folder, `${name}.mjs`)).href)
