import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'

/** Of tests: `sc4711x0proxy`, `sr-cases-4711`. */
const OURS = /^(?:sc(\d+)x\d+|sr-cases-(\d+)$)/
const NAMESPACES = '/run/netns'

/** A test that was killed cannot clean up: its namespaces go when the next one begins, and nobody runs under its number. */
export function removeLeftBehind(): void {
  const names = existsSync(NAMESPACES) ? readdirSync(NAMESPACES) : []
  for (const name of names) {
    const [, lab, cases] = OURS.exec(name) ?? []
    const process = lab ?? cases
    if (process !== undefined && !existsSync(`/proc/${process}`)) spawnSync('ip', ['netns', 'del', name])
  }
}

/** The same for a mounted folder `segchain-lab-4711-…`. */
export function unmountLeftBehind(): void {
  for (const line of readFileSync('/proc/self/mounts', 'utf8').split('\n')) {
    const [, folder, process] = /^\S+ (\/\S*segchain-lab-(\d+)-[^/\s]+)\/bpf bpf /.exec(line) ?? []
    if (folder === undefined || existsSync(`/proc/${process}`)) continue
    spawnSync('umount', [`${folder}/bpf`])
    rmSync(folder, { recursive: true, force: true })
  }
}
