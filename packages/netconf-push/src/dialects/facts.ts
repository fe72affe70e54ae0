import type { PlanElement, PlanIgp } from '@segchain/records'

/** What a dialect may know of the device besides the plan. */
export interface DeviceFacts {
  readonly device: string
  /** YANG modules that the device announces; absent when it does not tell, and then all are believed. */
  readonly modules?: ReadonlySet<string>
  readonly igp: PlanIgp
  /** The name of the IGP's instance in the device's configuration. */
  readonly igpInstance: string
  /** Loopbacks of the plan on this device: prefix → number. */
  readonly loopbacks: ReadonlyMap<string, number>
  /** Who brings SR Policies to the headend. */
  readonly policies: 'config' | 'pcep' | 'elsewhere'
}

/** What a plan that does not tell its IGP is for. */
const DEFAULT_IGP: PlanIgp = { protocol: 'isis-l2' }

export function factsOf(
  device: { readonly name: string; readonly igpInstance: string; readonly policies?: DeviceFacts['policies'] },
  elements: readonly PlanElement[],
  modules?: ReadonlySet<string>,
): DeviceFacts {
  const segmentRouting = elements.findLast((element) => element.kind === 'segment-routing')
  return {
    device: device.name,
    igp: segmentRouting?.igp ?? DEFAULT_IGP,
    igpInstance: device.igpInstance,
    loopbacks: new Map(
      elements.flatMap((element) => (element.kind === 'loopback' ? [[element.prefix, element.number] as const] : [])),
    ),
    policies: device.policies ?? 'config',
    ...(modules === undefined ? {} : { modules }),
  }
}

/** `1` or `2`; undefined when the IGP is not IS-IS. */
export function isisLevel({ igp }: DeviceFacts): '1' | '2' | undefined {
  return igp.protocol === 'isis-l1' ? '1' : igp.protocol === 'isis-l2' ? '2' : undefined
}

export function isIsis({ igp }: DeviceFacts): boolean {
  return igp.protocol.startsWith('isis-')
}

/** Where the topology tells no area, there is one: the backbone. */
export function ospfArea({ igp }: DeviceFacts): string {
  return igp.areaId ?? '0.0.0.0'
}
