import type { ToolIo } from '@segchain/cli-kit'
import { toSegchainError } from '@segchain/records'
import type Get from '../commands/get.js'
import { chooseDialect } from '../dialects/index.js'
import type { Difference } from '../diff/index.js'
import type { InventoryDevice } from '../inventory/index.js'
import { type DataNode, fromXml, summaryOf } from '../model/index.js'
import { pathStep } from '../model/path.js'
import { announcedModules } from '../netconf/announced-modules.js'
import { openNetconf } from '../netconf/open-device.js'
import { getConfig } from '../netconf/operations.js'
import { unknownDevice } from '../transaction/device-plan.js'
import { forEachLimited } from '../transaction/for-each.js'
import type { DeviceOutcome } from '../transaction/report.js'
import type { TargetOptions } from '../transaction/target-options.js'
import { tag } from '../xml/index.js'
import { finish } from './finish.js'
import { targetOptions } from './target-options.js'

export async function getDevices(io: ToolIo<typeof Get>): Promise<void> {
  const options = await targetOptions({ ...io.flags, unsupported: 'skip' }, io.log)
  const devices = (io.flags.device ?? [...options.inventory.keys()]).map((name) => found(options, name))
  const outcomes = await forEachLimited(devices, io.flags.concurrency, async (device): Promise<DeviceOutcome> => {
    io.progress.update(device.name, 'reading')
    const started = performance.now()
    try {
      const differences = await readDevice(device, options)
      return { device: device.name, status: 'unchanged', differences, durationMs: performance.now() - started }
    } catch (error) {
      return {
        device: device.name,
        status: 'failed',
        differences: [],
        error: toSegchainError(error).at({ device: device.name }),
      }
    }
  })
  io.progress.clear()
  io.exitCode = await finish(await io.open({ source: io.flags.devices }), outcomes, io.log, false)
}

function found(options: TargetOptions, name: string): InventoryDevice {
  const device = options.inventory.get(name)
  if (device !== undefined) return device
  throw unknownDevice(name, options.inventory)
}

async function readDevice(device: InventoryDevice, options: TargetOptions): Promise<Difference[]> {
  const { session, close } = await openNetconf(device, options)
  try {
    const announced = await announcedModules(session)
    const { modules, schema, aliases } = chooseDialect(device.dialect, announced, session.capabilities.uris)
    const filter = schema.map((node) => tag(node.name, { xmlns: modules[node.module] ?? '' }, '')).join('')
    return flatten(fromXml(await getConfig(session, 'running', filter), schema, modules, aliases), '', undefined)
  } finally {
    await close()
  }
}

/** Lists entries that hold only leaves are one line; everything else is gone into. */
function flatten(nodes: readonly DataNode[], path: string, module: string | undefined): Difference[] {
  return nodes.flatMap((node) => {
    const here = path + pathStep(node, module)
    const deeper = node.children.some((child) => child.children.length > 0)
    if (node.schema.kind === 'container' || deeper) return flatten(node.children, here, node.schema.module)
    return [{ operation: 'create' as const, path: here, after: summaryOf(node) }]
  })
}
