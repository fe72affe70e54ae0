import type { ToolIo } from '@segchain/cli-kit'
import type Apply from '../commands/apply.js'
import type { DevicePlan } from '../transaction/device-plan.js'
import type { Probe } from '../transaction/options.js'
import { expectedSids } from '../transaction/topology-view.js'
import { commandProbe } from './probe.js'
import { type ProbeSource, probeSource } from './probe-source.js'
import { topologyProbe } from './topology-probe.js'

export interface ApplyProbe {
  readonly probe?: Probe
  /** Nobody waits for a collector any more. */
  readonly close: () => void
}

/** The health probes that the flags ask for, one after the other. */
export function applyProbe(io: ToolIo<typeof Apply>, plans: readonly DevicePlan[]): ApplyProbe {
  const { probe: command, 'probe-topology': topology, 'probe-timeout': timeoutS } = io.flags
  const shown = topology === undefined ? undefined : shownBy(io, topology, plans)
  const probes = [
    ...(shown === undefined ? [] : [shown.probe]),
    ...(command === undefined ? [] : [commandProbe(command, timeoutS)]),
  ]
  const close = (): void => shown?.close()
  if (probes.length === 0) return { close }
  return {
    close,
    probe: async (signal) => {
      for (const probe of probes) await probe(signal)
    },
  }
}

/** Opened when it is asked for; a pipe stays open until the end, because what is removed is probed as well. */
function shownBy(io: ToolIo<typeof Apply>, path: string, plans: readonly DevicePlan[]) {
  let begun: { readonly source: ProbeSource; readonly probe: Probe } | undefined
  const begin = () => {
    const source = probeSource(io, path)
    const { open, again } = source
    const expected = expectedSids(plans)
    return { source, probe: topologyProbe({ expected, timeoutS: io.flags['probe-timeout'], open, again }) }
  }
  const probe: Probe = (signal) => {
    begun ??= begin()
    return begun.probe(signal)
  }
  return { probe, close: () => begun?.source.close() }
}
