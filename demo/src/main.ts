import { parseArgs } from 'node:util'
import { watchSignals } from './interruption.js'

const USAGE = `npm run demo               the pipeline, from a recorded BGP-LS session to devices that were read back
npm run demo -- --shell    a shell in which $ROUTER, $DEVICES and $KNOWN_HOSTS are there to be tried;
                           runs what is piped into it`

// A reader that has seen enough (| head) is no error; the devices must be ended all the same.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

const interruption = watchSignals()
try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (interruption.exitCode === undefined) {
    process.stderr.write(`the demo failed: ${error instanceof Error ? error.message : String(error)}\n`)
  }
  process.exitCode = 1
}
process.exitCode = interruption.exitCode ?? process.exitCode

async function main(args: readonly string[]): Promise<number> {
  const options = understood(args)
  if (options === undefined || options.help) {
    ;(options === undefined ? process.stderr : process.stdout).write(`${USAGE}\n`)
    return options === undefined ? 2 : 0
  }
  if (options.shell) return (await import('./shell.js')).runShell(interruption)
  await (await import('./run-demo.js')).runDemo(interruption.signal)
  return 0
}

function understood(args: readonly string[]): { readonly shell: boolean; readonly help: boolean } | undefined {
  try {
    const boolean = { type: 'boolean', default: false } as const
    return parseArgs({ args: [...args], options: { shell: boolean, help: boolean } }).values
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n`)
    return undefined
  }
}
