import type { Entry } from '../bpf/table.js'
import { encodeLabel, encodeLabelKey, KEEP_LABEL, type LabelValue, POP_LABEL, ProgramSlots } from '../layout/label.js'
import { encodeServiceName } from '../layout/service.js'
import type { Build } from './build.js'
import type { LabelEntry } from './schema.js'

/** The entries of `labels` in this generation. */
export function buildLabels(build: Build, firewallSets: ReadonlyMap<string, number>): Entry[] {
  return build.wanted.labels.map((entry) => ({
    key: encodeLabelKey(entry.label, build.generation),
    value: encodeLabel({
      uniform: 'model' in entry && entry.model === 'uniform',
      counter: build.ids.id('labelCounter', String(entry.label)),
      ...actionOf(build, entry, firewallSets),
    }),
  }))
}

function actionOf(
  build: Build,
  entry: LabelEntry,
  firewallSets: ReadonlyMap<string, number>,
): Pick<LabelValue, 'action' | 'target' | 'argument' | 'reverseStack'> {
  const by = `label ${entry.label}`
  const vnf = (name: string): number => build.vnf(name, by)
  switch (entry.action) {
    case 'dynamic':
      return { action: 'dynamic', target: vnf(entry.vnf), reverseStack: build.stack(entry.reverse) }
    case 'static':
      return { action: 'static', target: vnf(entry.vnf) }
    case 'service':
      return { action: 'service', target: serviceName(build, entry.service) }
    case 'firewall': {
      const argument = build.known(firewallSets, 'firewall', entry.set, by)
      return { action: 'program', target: ProgramSlots.sr_firewall, argument }
    }
    case 'mirror':
      build.known(build.wanted.mirrors, 'mirror', entry.mirror, by)
      return { action: 'program', target: ProgramSlots.sr_mirror, argument: build.ids.id('mirror', entry.mirror) }
    case 'forward':
      return {
        action: 'forward',
        target: build.nextHop(entry.nextHop, by),
        argument: entry.out === 'keep' ? KEEP_LABEL : entry.out === 'pop' ? POP_LABEL : build.outgoing(entry.out, by),
      }
    case 'pop':
    case 'drop':
      return { action: entry.action }
  }
}

/** The number of a ServiceID that packets ask for; it need not be in the service table. */
function serviceName(build: Build, service: string): number {
  const id = build.ids.id('serviceName', service)
  build.put('service_names', id, encodeServiceName(service))
  return id
}
