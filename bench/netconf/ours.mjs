import { readFileSync } from 'node:fs'
import { config, WARM_UP } from './config.mjs'

const push = await import('../../packages/netconf-push/dist/src/index.js')

/** `safe` is what apply does: nothing is sent behind an edit that would put a refused one in force. */
export async function ours(server, count, mode) {
  const device = { name: 'r1', address: '127.0.0.1', port: server.port, user: 'root', keyFile: server.keyFile }
  const { session, close } = await push.openNetconf(device, {
    knownHosts: push.parseKnownHosts(readFileSync(server.knownHostsFile, 'utf8'), 'known_hosts'),
    timeouts: { connectMs: 10_000, rpcMs: 10_000, commitMs: 10_000 },
    inventory: new Map(),
  })
  const once = async (index) => {
    const edit = () => push.editConfig(session, 'candidate', config(index), false)
    const validate = () => push.validate(session, 'candidate')
    const commit = () => push.commit(session, 10_000)
    if (mode === 'all') await Promise.all([edit(), validate(), commit()])
    else if (mode === 'safe') {
      await Promise.all([edit(), validate()])
      await commit()
    } else {
      await edit()
      await validate()
      await commit()
    }
  }
  for (let index = 0; index < WARM_UP; index++) await once(4000 + index)
  const cpu = process.cpuUsage()
  const started = performance.now()
  for (let index = 0; index < count; index++) await once(5000 + index)
  const ms = (performance.now() - started) / count
  const used = process.cpuUsage(cpu)
  await close()
  return { ms, cpu: (used.user + used.system) / 1000 / count }
}
