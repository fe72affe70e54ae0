// netconf-push beside ncclient and beside a bare client on the same netconfd; parsing of large replies; a transaction over
// many embedded devices. Needs the peers for the first: npm run peers. With names as arguments, only these parts.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

for (const part of process.argv.length > 2 ? process.argv.slice(2) : ['transactions', 'parsing', 'devices']) {
  // Each in a process of its own: the memory and the warm code of one do not help the next.
  execFileSync(process.execPath, [fileURLToPath(new URL(`netconf/${part}.mjs`, import.meta.url))], { stdio: 'inherit' })
}
