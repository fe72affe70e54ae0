// netconf-push beside ncclient and beside a bare client on the same netconfd; parsing of large replies; a transaction over
// many embedded devices. Needs the peers for the first: npm run peers. With names as arguments, only these parts.
import { execFileSync } from 'node:child_process'
import { availableParallelism, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'

// The server has the cores too: what a client waits for grows with everything else that runs.
console.log(`load average at the beginning: ${(loadavg()[0] ?? 0).toFixed(1)} on ${availableParallelism()} cores`)

for (const part of process.argv.length > 2 ? process.argv.slice(2) : ['transactions', 'parsing', 'devices']) {
  // Each in a process of its own: the memory and the warm code of one do not help the next.
  execFileSync(process.execPath, [fileURLToPath(new URL(`netconf/${part}.mjs`, import.meta.url))], { stdio: 'inherit' })
}
