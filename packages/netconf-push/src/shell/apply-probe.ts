import type { ToolIo } from '@segchain/cli-kit'
import type Apply from '../commands/apply.js'
import type { DevicePlan } from '../transaction/device-plan.js'
import type { Probe } from '../transaction/options.js'
import { expectedSids } from '../transaction/topology-view.js'
import { commandProbe } from './probe.js'
import { probeSource } from './probe-source.js'
import { topologyProbe } from './topology-probe.js'

/** The health probes that the flags ask for, one after the other. */
export function applyProbe(io: ToolIo<typeof Apply>, plans: readonly DevicePlan[]): { readonly probe?: Probe } {
  const { probe: command, 'probe-topology': topology, 'probe-timeout': timeoutS } = io.flags
  const probes: Probe[] = []
  if (topology !== undefined) {
    const expected = expectedSids(plans)
    probes.push((signal) => {
      const { open, again, close } = probeSource(io, topology)
      return topologyProbe({ expected, timeoutS, open, again })(signal).finally(close)
    })
  }
  if (command !== undefined) probes.push(commandProbe(command, timeoutS))
  if (probes.length === 0) return {}
  return {
    probe: async (signal) => {
      for (const probe of probes) await probe(signal)
    },
  }
}
