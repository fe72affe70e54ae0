import { nodeName } from '@segchain/path-engine'
import type { Affinity, PlanElement } from '@segchain/records'
import type { IntentSet } from '../intents/intent.js'
import { referenceOf } from '../intents/intent.js'
import type { DeviceIntent } from '../intents/schema/index.js'
import type { Path } from '../intents/source.js'
import { suggestion } from '../intents/suggest.js'
import type { ManagedNode } from './nodes.js'
import type { Problems } from './problems.js'
import { STEPS } from './steps.js'

type Link = NonNullable<DeviceIntent['spec']['links']>[number]

/** What the Device intents say of their interfaces: link attributes, adjacency-SIDs, TI-LFA. */
export function linkElements(managed: readonly ManagedNode[], intents: IntentSet, problems: Problems): PlanElement[] {
  return managed.flatMap((at) => {
    const seen = new Set<string>()
    const labels = new Map<number, string>()
    return (at.device.spec.links ?? []).flatMap((link, i) => {
      const where = (path: Path) => at.device.source.at(['spec', 'links', i, ...path])
      if (seen.has(link.interface)) {
        problems.add(
          'DUPLICATE_NAME',
          where(['interface']),
          `${at.device.name} has ${link.interface} twice`,
          'say everything about an interface in one entry',
        )
      }
      seen.add(link.interface)
      const label = link.adjacencySid?.label
      const other = label === undefined ? undefined : labels.get(label)
      if (label !== undefined && other !== undefined) {
        problems.add(
          'SID_CONFLICT',
          where(['adjacencySid', 'label']),
          `label ${label} is the adjacency-SID of ${other} already`,
          'give each adjacency a label of its own',
        )
      }
      if (label !== undefined) labels.set(label, link.interface)
      return [
        ...attributesOf(at, link, intents, (affinity) => {
          const known = Object.keys(intents.network?.spec.affinities ?? {})
          problems.add(
            'UNKNOWN_AFFINITY',
            where(['affinities', (link.affinities ?? []).indexOf(affinity)]),
            `there is no affinity "${affinity}"`,
            `${suggestion(affinity, known, 'affinities')} (spec.affinities of the Network intent)`,
          )
        }),
        ...adjacencySidOf(at, link, intents, (message) => {
          problems.add('LABEL_OUTSIDE_SRLB', where(['adjacencySid', 'label']), message, 'take a label of the SRLB')
        }),
        ...tiLfaOf(at, link, intents),
      ]
    })
  })
}

function attributesOf(
  at: ManagedNode,
  link: Link,
  intents: IntentSet,
  unknown: (affinity: string) => void,
): PlanElement[] {
  const { delayUs } = link
  const bits = intents.network?.spec.affinities ?? {}
  const affinities = (link.affinities ?? []).flatMap((name): Affinity[] => {
    const bit = Object.hasOwn(bits, name) ? bits[name] : undefined
    if (bit !== undefined) return [{ name, bit }]
    unknown(name)
    return []
  })
  if (delayUs === undefined && affinities.length === 0) return []
  const says = [
    ...(delayUs === undefined ? [] : [`a delay of ${delayUs} us`]),
    ...(affinities.length === 0 ? [] : [`affinities ${affinities.map(({ name }) => name).join(', ')}`]),
  ]
  return [
    {
      kind: 'link-attributes',
      ...common(
        'link-attributes',
        at,
        link,
        STEPS.linkAttributes,
        `${link.interface} advertises ${says.join(' and ')}`,
      ),
      ...(delayUs === undefined ? {} : { delayUs }),
      ...(affinities.length === 0 ? {} : { affinities }),
    },
  ]
}

function adjacencySidOf(
  at: ManagedNode,
  link: Link,
  intents: IntentSet,
  outside: (message: string) => void,
): PlanElement[] {
  const { adjacencySid } = link
  if (adjacencySid === undefined) return []
  const { label } = adjacencySid
  const blocks = at.node.record?.srlb ?? intents.network?.spec.srlb ?? []
  const inside = blocks.some(({ first, size }) => label >= first && label < first + size)
  if (blocks.length > 0 && !inside) {
    const ranges = blocks.map(({ first, size }) => `${first}-${first + size - 1}`).join(', ')
    outside(`label ${label} is not in the SRLB of ${nodeName(at.node)}: ${ranges}`)
  }
  return [
    {
      kind: 'adjacency-sid',
      ...common('adjacency-sid', at, link, STEPS.adjacencySid, `label ${label} means the link at ${link.interface}`),
      ...(adjacencySid.neighbor === undefined ? {} : { neighbor: adjacencySid.neighbor }),
      label,
      protected: adjacencySid.protected ?? false,
    },
  ]
}

function tiLfaOf(at: ManagedNode, link: Link, intents: IntentSet): PlanElement[] {
  const protects = link.tiLfa ?? intents.network?.spec.tiLfa ?? 'off'
  if (protects === 'off') return []
  const text = `${link.interface} is protected against the failure of the ${protects}`
  return [{ kind: 'ti-lfa', ...common('ti-lfa', at, link, STEPS.tiLfa, text), protects }]
}

function common(kind: string, at: ManagedNode, link: Link, step: number, text: string) {
  return {
    id: `${kind}:${at.device.name}:${link.interface}`,
    device: at.device.name,
    step,
    reason: { text, intents: [referenceOf(at.device)] },
    interface: link.interface,
  }
}
